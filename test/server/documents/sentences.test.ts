import { describe, expect, it } from "vitest";
import { parseSource } from "../../../src/corpus/parse-document.ts";
import { sentenceAt, sentencesIn } from "../../../src/server/documents/sentences.ts";

const source = "One [linked word](https://example.org) here. A `code` there. <https://example.org> is bare.";
const parsed = parseSource(source, "/a.md");

describe("The sentence at a place", () => {
  it.each([
    ["One", "One [linked"],
    ["linked", "One [linked"],
    [" here", "One [linked"],
    ["there", "A `code`"],
    ["bare", "<https"],
  ])("is found at %j", (place, start) => {
    const sentence = sentenceAt(source, parsed, source.indexOf(place) + 1);

    expect(sentence?.text.startsWith(start)).toBe(true);
  });

  it.each(["(https", "code", "<https"])("is none at %j", (place) => {
    expect(sentenceAt(source, parsed, source.indexOf(place) + 1)).toBeUndefined();
  });
});

describe("What a selection holds", () => {
  it("is whole sentences, and parts of those at its ends", () => {
    const held = sentencesIn(parsed, source.indexOf("here"), source.indexOf("is bare"));

    expect(held.map(({ part }) => part && source.slice(part.start, part.end))).toEqual([
      "here.",
      undefined,
      "<https://example.org> ",
    ]);
  });

  it("is nothing beside sentences", () => {
    expect(sentencesIn(parsed, source.length, source.length + 5)).toEqual([]);
  });
});
