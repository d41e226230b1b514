import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noWord, packPassages, type TokenisedSentence } from "../../src/learning/passages.ts";

const [clsId, sepId] = [101, 102];
/** Sentences as lists of words, words as lists of token ids. */
const sentence = (...words: number[][]): TokenisedSentence => ({
  ids: words.flat(),
  words: words.flatMap((tokens, word) => tokens.map(() => word)),
});
const pack = (sentences: TokenisedSentence[], maximumTokens: number) =>
  packPassages(sentences, { clsId, sepId, maximumTokens });

describe("packPassages", () => {
  it("fills a passage with whole sentences and numbers the words through", () => {
    const passages = pack([sentence([1], [2, 3]), sentence([4]), sentence([5, 6], [7])], 6);
    expect(passages.map(({ ids }) => [...ids])).toEqual([
      [clsId, 1, 2, 3, 4, sepId],
      [clsId, 5, 6, 7, sepId],
    ]);
    expect(passages.map(({ words }) => [...words])).toEqual([
      [noWord, 0, 1, 1, 2, noWord],
      [noWord, 0, 0, 1, noWord],
    ]);
  });

  it("cuts a sentence over the limit between words", () => {
    const passages = pack([sentence([1], [2, 3], [4, 5], [6])], 5);
    expect(passages.map(({ ids }) => [...ids].slice(1, -1))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it("cuts a word only if it alone is over the limit", () => {
    const passages = pack([sentence([1], [2, 3, 4, 5, 6])], 5);
    expect(passages.map(({ ids }) => [...ids].slice(1, -1))).toEqual([[1], [2, 3, 4], [5, 6]]);
  });

  it("drops nothing, keeps the order and the limit, and never splits a word that fits", () => {
    const word = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 });
    const sentences = fc.array(fc.array(word, { maxLength: 30 }), { maxLength: 10 });
    fc.assert(
      fc.property(sentences, fc.integer({ min: 6, max: 40 }), (texts, limit) => {
        const passages = pack(
          texts.map((words) => sentence(...words)),
          limit,
        );
        expect(passages.flatMap(({ ids }) => [...ids].slice(1, -1))).toEqual(texts.flat(2));
        expect(passages.every(({ ids }) => ids.length <= limit && ids.length > 2)).toBe(true);
        const wordCount = passages.reduce((sum, { words }) => sum + new Set([...words].slice(1, -1)).size, 0);
        expect(wordCount).toBe(texts.flat().length);
      }),
    );
  });

  it("names writer and document, and takes ids beyond 65,535", () => {
    const origin = { writer: "Ada", document: "a.md" };
    const [passage] = packPassages([sentence([70_000])], { clsId, sepId, ...origin });
    expect(passage).toMatchObject(origin);
    expect([...(passage?.ids ?? [])]).toEqual([clsId, 70_000, sepId]);
  });

  it("refuses a limit without room for a token", () => {
    expect(() => pack([], 2)).toThrow(RangeError);
  });
});
