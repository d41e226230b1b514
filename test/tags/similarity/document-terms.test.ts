import { expect, test } from "vitest";
import { countTerms, documentTerms } from "../../../src/tags/similarity/document-terms.ts";
import { pairTermHash, termHash } from "../../../src/tags/similarity/term-hash.ts";

const [dog, bites, man] = ["dog", "bites", "man"].map(termHash) as [number, number, number];

test("words come first, then the pairs, each once with the logarithm of how often it occurs", () => {
  const { terms, words } = countTerms("Dog bites man bites man", "wordsAndPairs");
  const pairs = [pairTermHash(dog, bites), pairTermHash(bites, man), pairTermHash(man, bites)];
  expect([...terms.hashes]).toEqual([dog, bites, man, ...pairs]);
  const twice = expect.closeTo(1 + Math.log(2), 5);
  expect([...terms.weights]).toEqual([1, twice, twice, 1, twice, 1]);
  expect(words).toBe(3);
});

test("the order of a pair counts, and single words are those of title and text", () => {
  expect(pairTermHash(dog, man)).not.toBe(pairTermHash(man, dog));
  const terms = documentTerms({ title: "Dog", text: "Man bites" });
  expect([...terms.words.hashes]).toEqual([dog, man, bites]);
  expect([...terms.titleWords.hashes]).toEqual([dog]);
  expect([...terms.titlePhrases]).toEqual([dog]);
  expect([...terms.textPhrases]).toEqual([man, bites, pairTermHash(man, bites)]);
});

test("a copy is known by its content, whatever its capitals and spaces", () => {
  const { content } = documentTerms({ title: "The Mast", text: "Snapped  today." });
  expect(documentTerms({ title: "the mast", text: "snapped\ntoday." }).content).toEqual(content);
  expect(documentTerms({ title: "the mast", text: "snapped today!" }).content).not.toEqual(content);
});

test("where no spaces are put, letters are words, and two that stand together are a pair", () => {
  const { terms } = countTerms("写真を撮る", "wordsAndPairs");
  const pairOf = (text: string) => countTerms(text, "wordsAndPairs").terms.hashes.at(-1);
  expect(terms.hashes).toContain(pairOf("写真"));
  expect(terms.hashes).not.toContain(pairOf("真写"));
});

test("an empty text has no terms", () => {
  expect(countTerms("— …", "wordsAndPairs").terms.hashes).toHaveLength(0);
});
