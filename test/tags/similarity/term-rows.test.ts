import { expect, test } from "vitest";
import { countTerms } from "../../../src/tags/similarity/document-terms.ts";
import { TermRows } from "../../../src/tags/similarity/term-rows.ts";
import { TfidfIndex } from "../../../src/tags/similarity/tfidf.ts";

const texts = ["apple pear apple", "pear plum fig", "plum apple apple pear", "fig kiwi"];
const asked = ["apple plum fig kiwi", "pear plum", "lemon"];

test("An index of words and one of words and pairs say the same beside each other as each alone.", () => {
  const rows = new TermRows();
  const shared = { words: new TfidfIndex(rows, "first"), wordsAndPairs: new TfidfIndex(rows, "all") };
  const alone = { words: new TfidfIndex(), wordsAndPairs: new TfidfIndex() };
  for (const text of texts) {
    const { terms, words } = countTerms(text, "wordsAndPairs");
    rows.add(terms, words);
    alone.words.add(countTerms(text, "words").terms);
    alone.wordsAndPairs.add(terms);
  }
  for (const kind of ["words", "wordsAndPairs"] as const) {
    const [own, other] = [shared[kind], alone[kind]];
    for (const text of asked) {
      const { terms } = countTerms(text, kind);
      for (const leftOut of [new Set<number>(), new Set([1])]) {
        expect(own.similarities(terms, leftOut)).toEqual(other.similarities(terms, leftOut));
        expect(own.steadySimilarities(terms, [0, 1, 3], leftOut)).toEqual(
          other.steadySimilarities(terms, [0, 1, 3], leftOut),
        );
      }
    }
    expect(own.steadyProducts(2, [0, 1])).toEqual(other.steadyProducts(2, [0, 1]));
    expect(own.vectors().map(({ weights }) => weights)).toEqual(
      other.vectors().map(({ weights }) => weights),
    );
  }
});
