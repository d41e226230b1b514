import { cutSentence } from "../../learning/cut-document.ts";
import type { Passage } from "../../learning/passages.ts";
import type { PointedPassage } from "../../learning/word-reader.ts";
import type { Random } from "../../numbers/random.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";

/** A sentence of a writer's. */
export interface WrittenSentence {
  readonly path: string;
  /** In the source as it was read. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A use of a word: which word of which sentence. */
export interface Occurrence {
  readonly sentence: number;
  /** As tokenising the sentence counts words. */
  readonly word: number;
}

/** How often a writer uses a word, and where. */
export interface WordUses {
  /** Case-folded. */
  readonly word: string;
  readonly documents: number;
  readonly occurrences: readonly Occurrence[];
}

const aWord = /^\p{L}[\p{L}\p{M}’'-]{2,}$/u;

/** All words of three letters and more, most used first, ties by name. */
export function countWordUses(
  model: Pick<PretrainedModel, "tokenizer">,
  sentences: readonly WrittenSentence[],
): readonly WordUses[] {
  const uses = new Map<string, Occurrence[]>();
  for (const [sentence, { text }] of sentences.entries()) {
    for (const [word, { start, end }] of model.tokenizer.encodeWords(text).spans.entries()) {
      const name = text.slice(start, end).toLowerCase();
      if (!aWord.test(name)) continue;
      const known = uses.get(name) ?? [];
      uses.set(name, known);
      known.push({ sentence, word });
    }
  }
  return Array.from(uses, ([word, occurrences]) => ({
    word,
    documents: new Set(occurrences.map(({ sentence }) => sentences[sentence]!.path)).size,
    occurrences,
  })).sort((a, b) => b.occurrences.length - a.occurrences.length || (a.word < b.word ? -1 : 1));
}

/**
 * At most `limit` uses of each word, drawn by lot, rare words first. A sentence that is read for one word anyway is
 * taken for others, too, before new ones are: a quarter of the sentences does then.
 */
export function drawOccurrences(
  words: readonly WordUses[],
  limit: number,
  random: Random,
): readonly (readonly Occurrence[])[] {
  const chosen = new Set<number>();
  const drawn = new Map<string, readonly Occurrence[]>();
  const rareFirst = words.toSorted((a, b) => a.occurrences.length - b.occurrences.length);
  for (const { word, occurrences } of rareFirst) {
    const lots = random.fork(word).shuffle([...occurrences]);
    const known = lots.filter(({ sentence }) => chosen.has(sentence));
    const others = lots.filter(({ sentence }) => !chosen.has(sentence));
    const taken = [...known, ...others].slice(0, limit);
    for (const { sentence } of taken) chosen.add(sentence);
    drawn.set(word, taken);
  }
  return words.map(({ word }) => drawn.get(word)!);
}

/** What has to be read for some occurrences: each sentence once, and where each occurrence is in what was read. */
export interface PointedSentences {
  readonly pointed: readonly PointedPassage[];
  /** For each word, for each of its occurrences that the model sees: passage, and place among what is pointed at. */
  readonly places: readonly (readonly {
    readonly passage: number;
    readonly at: number;
    readonly of: Occurrence;
  }[])[];
}

/** A word that stands where a sentence is too long for the model is left out. */
export function pointAt(
  model: PretrainedModel,
  sentences: readonly WrittenSentence[],
  drawn: readonly (readonly Occurrence[])[],
): PointedSentences {
  const pointed: { readonly passage: Passage; readonly words: number[] }[] = [];
  const rows = new Map<number, number>();
  const rowOf = (sentence: number): number => {
    const known = rows.get(sentence);
    if (known !== undefined) return known;
    const [passage] = cutSentence(model, sentences[sentence]!.text);
    rows.set(sentence, pointed.length);
    return pointed.push({ passage: passage!, words: [] }) - 1;
  };
  const places = drawn.map((occurrences) =>
    occurrences.flatMap((of) => {
      const passage = rowOf(of.sentence);
      const row = pointed[passage]!;
      return row.passage.words.includes(of.word) ? [{ passage, at: row.words.push(of.word) - 1, of }] : [];
    }),
  );
  return { pointed, places };
}
