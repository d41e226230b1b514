import fc from "fast-check";
import { expect, test } from "vitest";
import { readEmoticons } from "../../../src/tone/labels/emoticons.ts";

test("Smiles, frowns and emoji are read, and the sentence comes without them.", () => {
  expect(readEmoticons("It builds again :-)")).toEqual({ valence: 0.5, text: "It builds again" });
  expect(readEmoticons("Three days lost :'( and counting.")).toEqual({
    valence: -1,
    text: "Three days lost and counting.",
  });
  expect(readEmoticons("We are moving to the sea 😍")).toEqual({
    valence: 1,
    text: "We are moving to the sea",
  });
  expect(readEmoticons("Back at home 🙂 :D")).toEqual({ valence: 0.5, text: "Back at home" });
});

test("Links, lists, winks and signs that say nothing are no emoticons.", () => {
  for (const sentence of [
    "See http://example.org for all of it",
    "There are two ways (see below:)",
    "I am sure it was on purpose ;-)",
    "The rocket 🚀 takes off at nine",
    "It was an ordinary day 😐",
    "The ratio is 3:1 in most places",
  ]) {
    expect({ sentence, read: readEmoticons(sentence) }).toEqual({ sentence, read: undefined });
  }
});

test("Signs that contradict each other, or stand alone, say nothing.", () => {
  expect(readEmoticons("Well done :) and goodbye :(")).toBeUndefined();
  expect(readEmoticons(":-) :-) 🙂")).toBeUndefined();
});

test("Whatever the text, the valence lies in its range and no sign that was read is left.", () => {
  const parts = fc.constantFrom("word ", ":) ", ":( ", "😭", "🥳 ", ":'(", "\n", "—", "x");
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
      const read = readEmoticons(pieces.join(""));
      if (read === undefined) return;
      expect(Math.abs(read.valence)).toBeLessThanOrEqual(1);
      expect(read.text).not.toMatch(/😭|🥳|(^|\s):\)(\s|$)/u);
      expect(readEmoticons(read.text)).toBeUndefined();
    }),
  );
});
