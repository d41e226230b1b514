import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/corpus/parse-document.ts";
import { bombs, hostileText, knots } from "./hostile-texts.ts";

const count = process.env["LONG"] === "1" ? 8_000 : 300;
/** Generous: what takes time with the square of a text's length takes minutes. */
const budgetSeconds = 8;
const extensions = ["md", "txt", "mdx"] as const;

describe("Front matter that is", () => {
  it.each(Object.entries(bombs))("%s costs the document nothing but the fields.", (name, source) => {
    for (const extension of extensions) {
      const { read, seconds } = parse(source, extension);
      const sentences = read.kind === "document" ? read.document.sentences.map(({ plain }) => plain) : [];
      expect({ name, extension, sentences, isQuick: seconds < budgetSeconds }).toMatchObject({
        sentences: expect.arrayContaining(["Here is another one."]),
        isQuick: true,
      });
    }
  });

  it.each(["a list that holds itself", "a billion laughs", "brackets inside one another"])(
    "%s is said to be broken.",
    (name) => {
      const { read } = parse(bombs[name]!, "md");
      expect(read).toMatchObject({ warnings: [{ kind: "brokenFrontMatter" }] });
    },
  );

  it("longer than any writer's is not read, and that is said.", () => {
    const { read } = parse(bombs["a hundred thousand keys"]!, "md");
    expect(read).toMatchObject({
      warnings: [{ kind: "brokenFrontMatter", quoted: { values: [{ value: 50_000, digits: 0 }] } }],
    });
  });
});

describe("A text of", () => {
  it.each(Object.entries(knots))("%s is read in a moment, and so is what follows.", (name, source) => {
    for (const extension of extensions) {
      const { read, seconds } = parse(`${source}\n\nText here.`, extension);
      expect({ name, extension, isQuick: seconds < budgetSeconds }).toMatchObject({ isQuick: true });
      expect(read).toMatchObject({ kind: "document" });
      const sentences = read.kind === "document" ? read.document.sentences.map(({ plain }) => plain) : [];
      expect(sentences.at(-1)).toMatch(/Text here\.$/);
    }
  });

  it("an old book's depth is no knot.", () => {
    const deep = `${"> ".repeat(20)}Deep. ${"[".repeat(50)}x${"]".repeat(50)} And on.\n\n${"A\n===\n\nText here.\n\n".repeat(300)}`;
    expect(parse(deep, "md").read).toMatchObject({ kind: "document" });
  });
});

describe(`${count} documents of every notation`, () => {
  it("are read without a throw or a hang, each sentence and heading at its place.", () => {
    for (let seed = 0; seed < count; seed++) {
      const text = hostileText(seed);
      const extension = extensions[seed % extensions.length]!;
      const { read, seconds, source } = parse(text, extension);
      expect({ seed, isQuick: seconds < budgetSeconds }).toEqual({ seed, isQuick: true });
      if (read.kind === "failure") {
        expect({ seed, failure: read.failure.name }).not.toMatchObject({ failure: "DocumentParseError" });
        continue;
      }
      const misplaced = [...read.document.sentences, ...read.document.headings].filter(
        ({ text: written, start, end }) => source.slice(start, end) !== written,
      );
      expect({ seed, misplaced }).toEqual({ seed, misplaced: [] });
    }
  }, 1_800_000);
});

function parse(text: string, extension: string) {
  const bytes = new TextEncoder().encode(text);
  const before = process.cpuUsage();
  const read = parseDocument({ path: `/blog/x.${extension}`, bytes, modifiedMs: 0 });
  const { user } = process.cpuUsage(before);
  // As the bytes are decoded: half a pair of code units becomes a replacement character.
  const source = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return { read, seconds: user / 1e6, source };
}
