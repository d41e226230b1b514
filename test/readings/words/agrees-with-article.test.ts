import { expect, test } from "vitest";
import { agreesWithArticle } from "../../../src/readings/words/agrees-with-article.ts";

const ofVowels = [
  "apple",
  "hour",
  "honest",
  "heir",
  "uncle",
  "unimportant",
  "untidy",
  "only",
  "old",
  "onerous",
];
const others = [
  "boat",
  "user",
  "usual",
  "unit",
  "university",
  "useful",
  "one",
  "once",
  "European",
  "ewe",
  "house",
];

test("Words of a vowel's sound follow 'an', all others 'a'.", () => {
  for (const word of ofVowels) {
    expect([word, agreesWithArticle(word, "It was an ")]).toEqual([word, true]);
    expect([word, agreesWithArticle(word, "It was a ")]).toEqual([word, false]);
  }
  for (const word of others) {
    expect([word, agreesWithArticle(word, "An ")]).toEqual([word, false]);
    expect([word, agreesWithArticle(word, "(a ")]).toEqual([word, true]);
  }
});

test("Every word follows what is no article.", () => {
  for (const word of [...ofVowels, ...others]) {
    for (const before of ["", "the ", "banana ", "It's a long "]) {
      expect(agreesWithArticle(word, before)).toBe(true);
    }
  }
});
