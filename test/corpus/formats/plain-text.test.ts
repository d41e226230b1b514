import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlainText } from "../../../src/corpus/formats/plain-text.ts";

describe("reading plain text", () => {
  it("finds paragraphs, headings, list items and quotations", () => {
    const source =
      "A Walk\n\nIt rained\nall day. We went\r\nout.\n\n> Someone else said this.\n\n- one thing\n- another thing\n\nPart Two\n========\n\nThe end.";
    const { sentences, headings, parts } = readPlainText(source, 0, "en");
    expect(sentences.map(({ paragraph, plain }) => [paragraph, plain])).toEqual([
      [0, "It rained all day."],
      [0, "We went out."],
      [1, "one thing"],
      [2, "another thing"],
      [3, "The end."],
    ]);
    expect(headings.map(({ plain, level }) => [plain, level])).toEqual([
      ["A Walk", 1],
      ["Part Two", 1],
    ]);
    expect(parts.filter((part) => part.kind === "quotation")).toHaveLength(1);
  });

  it("takes each long line for a paragraph", () => {
    const long = `${"word ".repeat(40)}end.`;
    const { sentences } = readPlainText(`${long}\n${long}`, 0, "en");
    expect(sentences.map(({ paragraph }) => paragraph)).toEqual([0, 1]);
  });

  it("gives exact positions for every text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("Word one. ", "two\n", "\r\n", "\n\n", "- x", "> y\n", "\uFEFF")),
        (parts) => {
          const source = parts.join("");
          for (const { text, start, end } of readPlainText(source, 0, "en").sentences) {
            expect(source.slice(start, end)).toBe(text);
          }
        },
      ),
    );
  });
});
