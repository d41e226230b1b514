import fc from "fast-check";
import { expect, test } from "vitest";
import { documentTerms, plainWords } from "../../../src/tags/similarity/document-terms.ts";
import {
  occurrences,
  PhraseIndex,
  partsOf,
  phraseCounts,
} from "../../../src/tags/similarity/phrase-index.ts";

const phrases = (text: string) => documentTerms({ title: "", text }).textPhrases;

test("a phrase is found where its words stand next to each other", () => {
  const index = new PhraseIndex();
  index.add(phrases("Free software is software that is free"));
  index.add(phrases("Software, free of charge"));
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

test("a tag without accents is found in a text that has them, and the other way round", () => {
  expect(plainWords("Cinéma à Zürich, ÉTÉ, cafe\u0301")).toEqual(["cinema", "a", "zurich", "ete", "cafe"]);
  expect(plainWords("йод и ёлка, ἀρχή")).toEqual(["йод", "и", "ёлка", "ἀρχή"]);
});

test("where no spaces are put, a tag is found within what is written in one run", () => {
  const index = new PhraseIndex();
  index.add(phrases("今日は東京で写真を撮った。"));
  index.add(phrases("京の東で写した真珠。"));
  index.add(phrases("วันนี้ไปถ่ายรูปที่ทะเล"));
  expect(index.placesOfAll(partsOf(plainWords("写真")))).toEqual([0]);
  expect(index.placesOfAll(partsOf(plainWords("東京")))).toEqual([0]);
  expect(index.placesOfAll(partsOf(plainWords("ทะเล")))).toEqual([2]);
  expect(plainWords("用 C++ 写的 2 个 app")).toEqual(["用", "c++", "写", "的", "2", "个", "app"]);
});

test("marks on letters stay in their word: vowels of Hindi, letters of Hebrew and Arabic with signs", () => {
  expect(plainWords("हिन्दी में लिखना")).toEqual(["हिन्दी", "में", "लिखना"]);
  expect(plainWords("שָׁלוֹם عَرَبِيّ")).toHaveLength(2);
});

test("words and pairs are found in just the documents that have them, oldest first", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 })
    .map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
      const index = new PhraseIndex();
      for (const one of texts) index.add(phrases(one));
      for (const phrase of ["a", "d", "a b", "b a", "c c", "e", "a e"]) {
        const expected = texts.flatMap((one, place) => (phraseCounts(one).has(phrase) ? [place] : []));
        expect(index.placesOf(phrase)).toEqual(expected);
      }
    }),
  );
});
