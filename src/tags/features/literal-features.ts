import type { PausableWork } from "../pausable-work.ts";
import type { RememberedWords } from "../remembered-words.ts";
import { plainWords } from "../similarity/document-terms.ts";
import { occurrences, type PhraseIndex, partsOf } from "../similarity/phrase-index.ts";
import { ownName } from "../tag-form.ts";
import type { FeatureGroup, TagQuery } from "../tag-query.ts";

/** How a tag's own words occur in a document. */
export interface LiteralMatch {
  readonly inTitle: boolean;
  readonly countInText: number;
  /** Earlier documents whose title or text has the words, and how many of them have the tag. */
  readonly earlierInTitle: TaggedShare;
  readonly earlierInText: TaggedShare;
}

export interface TaggedShare {
  readonly matching: number;
  readonly tagged: number;
}

const tagsPerStep = 32;
const none: TaggedShare = { matching: 0, tagged: 0 };
const names = ["inTitle", "inText", "logCount", "share", "shareTimesCount", "shareInTitle"];

/** Finds a tag's own words in title and text, in the singular, the plural and written as one word. */
export class LiteralFeatures implements FeatureGroup {
  readonly names = names.map((name) => `literal.${name}`);
  readonly #words: RememberedWords;

  /** @param words whoever remembers documents adds them there */
  constructor(words: RememberedWords) {
    this.#words = words;
  }

  *write(query: TagQuery, columns: Map<string, Float64Array>): PausableWork<void> {
    const written = this.names.map((name) => {
      const column = new Float64Array(query.tags.length);
      columns.set(name, column);
      return column;
    });
    // The words of the text are counted first, and that is most of the work.
    const { title, text } = this.#words.countsOf(query.document);
    const occurring = query.tags
      .map((tag) => formsOf(query.memory.keyOf(tag)))
      .filter((forms) => forms.some((parts) => occurrences(parts, title) + occurrences(parts, text) > 0));
    // Also the forms that do not occur: each alone would cost a look at all documents.
    this.#words.lookUpPhrases(occurring.flat(2));
    for (let at = 0; at < query.tags.length; at++) {
      if (at % tagsPerStep === 0) yield;
      const match = this.matchOf(query, at);
      const logCount = Math.log1p(match.countInText);
      const share = match.countInText > 0 ? smoothed(match.earlierInText, 0.3) : 0;
      const shareInTitle = match.inTitle ? smoothed(match.earlierInTitle, 0.5) : 0;
      const inText = match.countInText > 0 ? 1 : 0;
      const values = [match.inTitle ? 1 : 0, inText, logCount, share, share * logCount, shareInTitle];
      values.forEach((value, which) => {
        written[which]![at] = value;
      });
    }
  }

  /** The match of one candidate, by its place in the query. */
  matchOf(query: TagQuery, candidate: number): LiteralMatch {
    const { title, text } = this.#words.countsOf(query.document);
    const forms = formsOf(query.memory.keyOf(query.tags[candidate]!));
    const inTitle = forms.some((parts) => occurrences(parts, title) > 0);
    const countInText = Math.max(0, ...forms.map((parts) => occurrences(parts, text)));
    const tagged = new Set(query.uses[candidate]);
    const earlier = (index: PhraseIndex): TaggedShare => {
      const places = new Set(forms.flatMap((parts) => index.placesOfAll(parts)));
      const counting = [...places].filter((place) => !query.leftOut.has(place));
      return { matching: counting.length, tagged: counting.filter((place) => tagged.has(place)).length };
    };
    return {
      inTitle,
      countInText,
      earlierInTitle: inTitle ? earlier(this.#words.titles) : none,
      earlierInText: countInText > 0 ? earlier(this.#words.texts) : none,
    };
  }
}

/** `(tagged + prior) / (matching + 1)`: with no earlier match, the prior. */
function smoothed({ matching, tagged }: TaggedShare, prior: number): number {
  return (tagged + prior) / (matching + 1);
}

/** A hierarchical tag is also named by its last part alone. */
function formsOf(key: string): (readonly string[])[] {
  const name = ownName(key);
  return [...new Set([key, name])].flatMap((tag) => formsOfWords(plainWords(tag))).map(partsOf);
}

function formsOfWords(words: readonly string[]): (readonly string[])[] {
  const last = words.at(-1);
  if (last === undefined) return [];
  const otherNumber = last.endsWith("s") ? last.slice(0, -1) : `${last}s`;
  const forms = [words, [...words.slice(0, -1), otherNumber]];
  if (words.length > 1) forms.push([words.join("")]);
  return forms.filter((form) => form.every((word) => word !== ""));
}
