import type { RememberedWords } from "../remembered-words.ts";
import { plainWords } from "../similarity/document-terms.ts";
import { partsOf } from "../similarity/phrase-index.ts";
import { tagForm } from "../tag-form.ts";
import type { TagMemory } from "../tag-memory.ts";
import type { TaggedDocument } from "../tagged-document.ts";
import { openNewTagPrior } from "./open-new-tag-prior.ts";
import { type Phrase, phrasesOf } from "./phrases.ts";
import { probabilities, type RankerPrior, startFrom } from "./ranker.ts";

/** Words in more than this share of the documents name none of them. */
const mostCommon = 0.5;
/** A phrase of several words that is not in the title must mostly have capitals: a name. */
const nameShare = 0.5;
/** Before so many documents nothing can be told of what is rare. */
const fewestDocuments = 5;
const newestDocuments = 30;

/** A tag that the writer never used, in the writer's way of writing tags. */
export interface NewTag {
  readonly tag: string;
  /** Probability that the document gets it, as open blogs' writers would give it; four decimals. */
  readonly score: number;
  readonly inTitle: boolean;
  readonly countInText: number;
}

/** What is known of the writer when a new tag is looked for. */
export interface NewTagSources {
  readonly memory: TagMemory;
  readonly words: RememberedWords;
}

/** A phrase with its features. */
export interface NewTagCandidate {
  readonly phrase: Phrase;
  readonly values: readonly number[];
}

export const newTagFeatures = [
  "inTitle",
  "logCount",
  "logDocuments",
  "logShare",
  "capitals",
  "twoWords",
  "threeWords",
  "newLately",
] as const;

/** The best tags that the writer never used, named in the document itself; best first. */
export function proposeNewTags(
  document: TaggedDocument,
  sources: NewTagSources,
  limit: number,
  prior: RankerPrior = openNewTagPrior,
): readonly NewTag[] {
  const candidates = newTagCandidates(document, sources);
  const start = startFrom(prior, newTagFeatures);
  const values = Float32Array.from(candidates.flatMap((candidate) => candidate.values));
  const chances = probabilities(values, start, start.weights);
  const ranked = candidates.map(({ phrase }, at) => ({
    phrase,
    score: Math.round(chances[at]! * 1e4) / 1e4,
  }));
  ranked.sort((a, b) => b.score - a.score || (a.phrase.key < b.phrase.key ? -1 : 1));
  return withoutParts(ranked, limit).map(({ phrase, score }) => {
    const { surface, inTitle, count } = phrase;
    return { tag: asWrittenTag(surface, sources.memory), score, inTitle, countInText: count };
  });
}

/** Phrases that could be a tag and are none of the writer's yet. */
export function newTagCandidates(
  document: Pick<TaggedDocument, "title" | "text">,
  { memory, words }: NewTagSources,
): readonly NewTagCandidate[] {
  if (memory.size < fewestDocuments) return [];
  const { title, text } = document;
  words.lookUp(document);
  const newLately = tagsNewLately(memory);
  const candidates: NewTagCandidate[] = [];
  for (const phrase of phrasesOf(title, text)) {
    const { key, inTitle, count, capitals } = phrase;
    const length = key.split(" ").length;
    if (!inTitle && (count < 2 || (length > 1 && capitals < nameShare))) continue;
    if (tagForm(key).length < 2 || /^[\d\s]+$/u.test(key) || memory.numberOf(key) !== undefined) continue;
    const commonest = Math.max(...key.split(" ").map((word) => documentsWith(word, words)));
    if (commonest > mostCommon * memory.size) continue;
    const documents = words.texts.placesOfAll(partsOf(plainWords(key))).length;
    candidates.push({
      phrase,
      values: valuesOf(phrase, length, { documents, commonest, memory, newLately }),
    });
  }
  return candidates;
}

/** Where no spaces are put, a word is several letters, each of which may be everywhere. */
function documentsWith(word: string, words: RememberedWords): number {
  const [first = "", ...others] = plainWords(word);
  return others.length === 0
    ? words.placesOfWord(first).length
    : words.texts.placesOfAll(partsOf([first, ...others])).length;
}

interface Known {
  /** Earlier documents that have the phrase, and those that have its commonest word. */
  readonly documents: number;
  readonly commonest: number;
  readonly memory: TagMemory;
  /** Tags that came first in one of the writer's newest documents. */
  readonly newLately: number;
}

/** In the order of `newTagFeatures`. */
function valuesOf(
  { inTitle, count, capitals }: Phrase,
  words: number,
  { documents, commonest, memory, newLately }: Known,
): readonly number[] {
  return [
    inTitle ? 1 : 0,
    Math.log1p(count),
    Math.log1p(documents),
    Math.log((1 + commonest) / (1 + memory.size)),
    capitals,
    words === 2 ? 1 : 0,
    words === 3 ? 1 : 0,
    Math.log1p(newLately),
  ];
}

function tagsNewLately(memory: TagMemory): number {
  let count = 0;
  for (let tag = 0; tag < memory.tagCount; tag++) {
    if (memory.usesOf(tag)[0]! >= memory.size - newestDocuments) count += 1;
  }
  return count;
}

/** The first ones, without those that lie in a better one or hold it: `Roger Penrose`, then not `Penrose`. */
function withoutParts<Ranked extends { readonly phrase: Phrase }>(
  ranked: readonly Ranked[],
  limit: number,
): readonly Ranked[] {
  const kept: Ranked[] = [];
  const holds = (long: string, short: string) => ` ${long} `.includes(` ${short} `);
  for (const candidate of ranked) {
    if (kept.length >= limit) break;
    const { key } = candidate.phrase;
    if (!kept.some(({ phrase }) => holds(phrase.key, key) || holds(key, phrase.key))) kept.push(candidate);
  }
  return kept;
}

const separators = [" ", "-", "_"] as const;

/** Words as this writer would write them as a tag: with the writer's separator, and in small letters where most tags are. */
function asWrittenTag(words: string, memory: TagMemory): string {
  const counts = new Map<string, number>(separators.map((separator) => [separator, 0]));
  let small = 0;
  for (let tag = 0; tag < memory.tagCount; tag++) {
    const spelling = memory.spellingOf(tag);
    if (spelling === spelling.toLowerCase()) small += 1;
    for (const separator of separators) {
      if (spelling.includes(separator)) counts.set(separator, counts.get(separator)! + 1);
    }
  }
  const [separator] = separators.toSorted((a, b) => counts.get(b)! - counts.get(a)!);
  const written = words.replaceAll(" ", separator ?? " ");
  return 2 * small > memory.tagCount ? written.toLowerCase() : written;
}
