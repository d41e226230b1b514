import { describe, expect, it } from "vitest";
import { parseSource } from "../../../src/corpus/parse-document.ts";
import { targetWords, wordTarget } from "../../../src/readings/words/word-target.ts";

const source = "The *old* [ferry](https://example.org) isn't running.  It was ___ today.\n";
const { sentences } = parseSource(source, "note.md");
const [first, second] = sentences;

/** The target of a stretch of the source; of the place before it where `isCursor`. */
function targetOf(words: string, sentence = first!, isCursor = false) {
  const start = source.indexOf(words);
  return wordTarget(sentence, { start, end: isCursor ? start : start + words.length });
}

describe("What a word may take the place of", () => {
  it("is the word at a cursor, with its place in plain text and in the source.", () => {
    const target = targetOf("rry](", first, true)!;
    expect(target.text).toBe("ferry");
    expect(first!.plain.slice(target.hidden.start, target.hidden.end)).toBe("ferry");
    expect(source.slice(target.replaced.start, target.replaced.end)).toBe("ferry");
  });

  it("is a whole word where a part of it is selected, its apostrophe included.", () => {
    expect(targetOf("sn'")?.text).toBe("isn't");
  });

  it("is a few words that are selected together, and none where there are many.", () => {
    expect(targetOf("isn't running")?.text).toBe("isn't running");
    expect(wordTarget(first!, { start: 0, end: first!.end })).toBeUndefined();
  });

  it("is a gap that is marked by signs.", () => {
    const target = targetOf("___", second)!;
    expect(target.text).toBe("___");
    expect(second!.plain.slice(target.hidden.start, target.hidden.end)).toBe("___");
    expect(source.slice(target.replaced.start, target.replaced.end)).toBe("___");
  });

  it("is a gap behind the last word where nothing stands.", () => {
    const text = "The river was";
    const [open] = parseSource(`${text} \n`, "note.md").sentences;
    const place = { start: text.length + 1, end: text.length + 1 };
    expect(wordTarget(open!, place)).toEqual({
      text: "",
      hidden: { start: text.length, end: text.length },
      replaced: place,
    });
  });

  it("is each word of a sentence.", () => {
    expect(targetWords(first!).map(({ text }) => text)).toEqual(["The", "old", "ferry", "isn't", "running"]);
  });
});
