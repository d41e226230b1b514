import type { RememberedWords } from "../remembered-words.ts";
import { plainWords } from "../similarity/document-terms.ts";
import type { TagMemory } from "../tag-memory.ts";
import type { FeatureGroup, TagQuery } from "../tag-query.ts";

/** Words in more than this share of the documents say nothing about a tag. */
const mostCommon = 0.5;
const textPrior = 3;
/** Each may be in half of the documents. */
const wordsPerStep = 64;
const titlePrior = 1;

/**
 * Words that came with a tag before: the best share of a word's documents that have the tag (in the
 * text, with at least two such documents; in the title), and the sum over title words of
 * `ln P(tag | word) / P(tag)` (naive Bayes). Shares are smoothed towards the tag's overall share.
 *
 * @param words whoever remembers documents adds them there
 */
export function associationFeatures(words: RememberedWords): FeatureGroup {
  const distinct = (text: string) => new Set(plainWords(text));
  const textOf = ({ title, text }: { readonly title: string; readonly text: string }) => `${title}\n${text}`;
  return {
    names: ["words.bestShare", "titleWords.bestShare", "titleWords.logOdds"],
    *write(query, columns) {
      const base = Float64Array.from(query.uses, (uses) => (uses.length + 0.5) / (query.places.length + 1));
      const candidates = new Int32Array(query.memory.tagCount);
      query.tags.forEach((tag, at) => {
        candidates[tag] = at;
      });
      const counts = new TagCounts(query);
      const best = new Float64Array(query.tags.length);
      const bestInTitle = new Float64Array(query.tags.length);
      const logOdds = new Float64Array(query.tags.length);
      for (const [nth, word] of [...distinct(textOf(query.document))].entries()) {
        if (nth % wordsPerStep === 0) yield;
        if (words.leastCountOf(word) - query.leftOut.size > mostCommon * query.places.length) continue;
        const places = counting(words.placesOfWord(word), query);
        if (places.length < 2 || places.length > mostCommon * query.places.length) continue;
        for (const [tag, tagged] of counts.in(places)) {
          const at = candidates[tag]!;
          const share = (tagged + textPrior * base[at]!) / (places.length + textPrior);
          if (tagged >= 2) best[at] = Math.max(best[at]!, share);
        }
      }
      for (const word of distinct(query.document.title)) {
        const places = counting(words.titles.placesOf(word), query);
        for (const [tag, tagged] of counts.in(places)) {
          const at = candidates[tag]!;
          const share = (tagged + titlePrior * base[at]!) / (places.length + titlePrior);
          bestInTitle[at] = Math.max(bestInTitle[at]!, share);
          // Against a tag that never came with the word.
          logOdds[at]! += Math.log((tagged + titlePrior * base[at]!) / (titlePrior * base[at]!));
        }
      }
      columns.set("words.bestShare", best);
      columns.set("titleWords.bestShare", bestInTitle);
      columns.set("titleWords.logOdds", logOdds);
    },
  };
}

function counting(places: readonly number[], { leftOut }: TagQuery): readonly number[] {
  return leftOut.size === 0 ? places : places.filter((place) => !leftOut.has(place));
}

/** Counts tags in documents, many times over. */
class TagCounts {
  readonly #memory: TagMemory;
  /** By tag; all 0 between two counts. */
  readonly #counts: Int32Array;

  constructor({ memory }: TagQuery) {
    this.#memory = memory;
    this.#counts = new Int32Array(memory.tagCount);
  }

  /** Each tag of the documents, with the number of them that have it, in the order in which tags first come. */
  in(places: readonly number[]): readonly (readonly [tag: number, documents: number])[] {
    const counts = this.#counts;
    const found: number[] = [];
    for (const place of places) {
      for (const tag of this.#memory.documentAt(place).tags) {
        if (counts[tag] === 0) found.push(tag);
        counts[tag]! += 1;
      }
    }
    return found.map((tag) => {
      const count = counts[tag]!;
      counts[tag] = 0;
      return [tag, count] as const;
    });
  }
}
