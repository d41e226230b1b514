import fc from "fast-check";
import { expect, test } from "vitest";
import {
  occurrences,
  PhraseIndex,
  partsOf,
  phraseCounts,
  plainWords,
} from "../../../src/tags/similarity/phrase-index.ts";

test("a phrase is found where its words stand next to each other", () => {
  const index = new PhraseIndex();
  index.add("Free software is software that is free");
  index.add("Software, free of charge");
  expect(index.placesOfAll(partsOf(plainWords("free-software")))).toEqual([0]);
  expect(index.placesOfAll(partsOf(["software"]))).toEqual([0, 1]);
});

test("occurrences count the phrase, not its words", () => {
  const counts = phraseCounts("the big sea, a big lake, the big sea");
  expect(occurrences(partsOf(["big", "sea"]), counts)).toBe(2);
  expect(occurrences(partsOf([]), counts)).toBe(0);
});

test("c++ and c# are words of their own", () => {
  expect(plainWords("C++ is not C#")).toEqual(["c++", "is", "not", "c#"]);
});

test("words and pairs are found in just the documents that have them, oldest first", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 })
    .map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
      const index = new PhraseIndex();
      for (const one of texts) index.add(one);
      for (const phrase of ["a", "d", "a b", "b a", "c c", "e", "a e"]) {
        const expected = texts.flatMap((one, place) => (phraseCounts(one).has(phrase) ? [place] : []));
        expect(index.placesOf(phrase)).toEqual(expected);
      }
    }),
  );
});
