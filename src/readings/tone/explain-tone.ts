import { cutSentence } from "../../learning/cut-document.ts";
import { createRandom } from "../../numbers/random.ts";
import { textHash } from "../../text/text-hash.ts";
import { hidingWeights } from "../../tone/reasons/hiding-weights.ts";
import { shapleyWeights } from "../../tone/reasons/shapley-weights.ts";
import { writtenWords } from "../written-words.ts";
import type { SentenceReaders } from "./sentence-reader.ts";

/** A word of a sentence, or some that stand together, and what it adds to the latent valence; below 0 it takes from it. */
export interface ExplainedWord {
  readonly word: string;
  readonly weight: number;
}

/** Weights below this are shares of nothing in particular. */
const leastWeight = 0.05;
const mostWords = 5;
/** In longer sentences words that stand together are weighed together. */
const mostGroups = 32;

/** Tokens that may be read for somebody who waits; some 170 ms of a core with twelve layers. */
const tokensAtOnce = 640;
const fewestGroups = 4;

/**
 * The words that carry the general tone of a sentence, at most five, strongest first. Only the part that
 * fits the model counts. The same sentence gets the same answer. In haste it takes a tenth of the time, and weighs words
 * of long sentences together.
 */
export async function explainTone(
  { encoder, reader: { model, tonePrompts } }: Pick<SentenceReaders, "encoder" | "reader">,
  sentence: string,
  breathe?: () => Promise<void>,
  haste: "haste" | "leisure" = "leisure",
): Promise<readonly ExplainedWord[]> {
  const [passage] = cutSentence(model, sentence);
  if (passage === undefined) return [];
  const { spans } = model.tokenizer.encodeWords(sentence);
  const known = new Set(passage.words);
  const textOf = (word: readonly number[]): string =>
    sentence.slice(spans[word[0]!]!.start, spans[word.at(-1)!]!.end);
  const groups = groupWords(
    writtenWords(sentence, spans).filter((pieces) => pieces.every((piece) => known.has(piece))),
    (word) => isWord(textOf(word)),
    haste === "leisure" ? mostGroups : groupsAtOnce(passage.ids.length),
  );
  const maskId = model.tokenizer.specialIds.mask;
  const reader = { encoder, prompts: tonePrompts, maskId, ...(breathe === undefined ? {} : { breathe }) };
  const weights = await (haste === "leisure"
    ? shapleyWeights(reader, passage, groups, createRandom(textHash(sentence)))
    : hidingWeights(reader, passage, groups));
  return groups
    .map((pieces, at) => {
      const shown = pieces.filter((piece) => isWord(textOf([piece])));
      return { word: textOf(shown.length > 0 ? shown : pieces.slice(0, 1)), weight: weights[at]! };
    })
    .filter(({ weight }) => Math.abs(weight) >= leastWeight)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, mostWords);
}

const groupsAtOnce = (tokens: number): number =>
  Math.min(mostGroups, Math.max(fewestGroups, Math.floor(tokensAtOnce / tokens)));

/** Pieces that are weighed together: marks go with the word before them, and in long sentences as many words as needed. */
function groupWords(
  words: readonly (readonly number[])[],
  isWord: (word: readonly number[]) => boolean,
  most: number,
): readonly (readonly number[])[] {
  const single: number[][] = [];
  for (const word of words) {
    if (!isWord(word) && single.length > 0) single.at(-1)!.push(...word);
    else single.push([...word]);
  }
  const together = Math.ceil(single.length / most);
  return Array.from({ length: Math.ceil(single.length / Math.max(1, together)) }, (_, group) =>
    single.slice(group * together, (group + 1) * together).flat(),
  );
}

const isWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
