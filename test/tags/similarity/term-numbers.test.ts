import { expect, test } from "vitest";
import { TermNumbers } from "../../../src/tags/similarity/term-numbers.ts";
import { WordNumbers } from "../../../src/tags/similarity/word-numbers.ts";

test("words of a text come first, then its pairs, each as often as it occurs", () => {
  const terms = new TermNumbers("wordsAndPairs", new WordNumbers());
  // dog 0, bites 1, man 2; dog bites 3, bites man 4, man bites 5.
  expect([...terms.add("Dog bites man bites man")]).toEqual([0, 1, 2, 1, 2, 3, 4, 5, 4]);
  expect([...terms.add("man bites cat")]).toEqual([2, 1, 6, 5, 7]);
});

test("a text that is only read adds nothing: what is new in it gets numbers for this text alone", () => {
  const terms = new TermNumbers("wordsAndPairs", new WordNumbers());
  terms.add("dog bites man");
  expect([...terms.read("cat bites man, cat bites")]).toEqual([5, 1, 2, 5, 1, 6, 4, 7, 6]);
  expect([...terms.read("fish")]).toEqual([5]);
  expect(terms.size).toBe(5);
});

test("two that share their words keep numbers of their own", () => {
  const words = new WordNumbers();
  const [titles, texts] = [new TermNumbers("words", words), new TermNumbers("words", words)];
  titles.add("harbour");
  expect([...texts.add("rope harbour")]).toEqual([0, 1]);
  expect([...titles.read("rope")]).toEqual([1]);
  expect(titles.size).toBe(1);
});

test("where no spaces are put, letters are words, and two that stand together are a pair", () => {
  const terms = new TermNumbers("wordsAndPairs", new WordNumbers());
  terms.add("写真を撮る");
  expect(terms.read("写真").every((term) => term < terms.size)).toBe(true);
  expect([...terms.read("真写")].filter((term) => term >= terms.size)).toHaveLength(1);
});

test("an empty text has no terms", () => {
  const terms = new TermNumbers("wordsAndPairs", new WordNumbers());
  expect(terms.add("")).toHaveLength(0);
  expect(terms.read("— …")).toHaveLength(0);
});
