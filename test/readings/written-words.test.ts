import { describe, expect, it } from "vitest";
import { writtenWords } from "../../src/readings/written-words.ts";

/** Letters and figures together, each sign by itself, as the tokenizer has them. */
const piecesOf = (text: string) =>
  Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+|[^\s]/gu), ({ 0: piece, index: start }) => ({
    start,
    end: start + piece.length,
  }));

const wordsOf = (text: string): readonly string[] => {
  const pieces = piecesOf(text);
  return writtenWords(text, pieces).map((word) =>
    text.slice(pieces[word[0]!]!.start, pieces[word.at(-1)!]!.end),
  );
};

describe("Words as they are written", () => {
  it.each([
    ["Mrs Oduya's cake isn't well-known.", ["Mrs", "Oduya's", "cake", "isn't", "well-known", "."]],
    ["It’s ten o’clock, l’après-midi", ["It’s", "ten", "o’clock", ",", "l’après-midi"]],
    ["‘lovely’ and 'rotten' - so", ["‘", "lovely", "’", "and", "'", "rotten", "'", "-", "so"]],
    ["the dogs' home: rock 'n' roll", ["the", "dogs", "'", "home", ":", "rock", "'", "n", "'", "roll"]],
    ["a--b c/d e.g.", ["a", "-", "-", "b", "c", "/", "d", "e", ".", "g", "."]],
    ["", []],
  ])("are of %j: %j", (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it("hold each piece once, in its order", () => {
    const text = "That's mother-in-law's - isn't it?";
    expect(writtenWords(text, piecesOf(text)).flat()).toEqual(piecesOf(text).map((_, at) => at));
  });
});
