import { cutSentence } from "../../learning/cut-document.ts";
import { createRandom } from "../../numbers/random.ts";
import { textHash } from "../../text/text-hash.ts";
import { hidingWeights } from "../../tone/reasons/hiding-weights.ts";
import { shapleyWeights } from "../../tone/reasons/shapley-weights.ts";
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

/** Tokens that may be read for somebody who waits; some 80 ms of a core with six layers. */
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
  const groups = groupWords(
    spans.map(({ start, end }) => sentence.slice(start, end)),
    (word) => known.has(word),
    haste === "leisure" ? mostGroups : groupsAtOnce(passage.ids.length),
  );
  const maskId = model.tokenizer.specialIds.mask;
  const reader = { encoder, prompts: tonePrompts, maskId, ...(breathe === undefined ? {} : { breathe }) };
  const weights = await (haste === "leisure"
    ? shapleyWeights(reader, passage, groups, createRandom(textHash(sentence)))
    : hidingWeights(reader, passage, groups));
  return groups
    .map((words, at) => {
      const shown = words.filter((word) => isWord(sentence.slice(spans[word]!.start, spans[word]!.end)));
      const [first = words[0]!, last = first] = [shown[0], shown.at(-1)];
      return { word: sentence.slice(spans[first]!.start, spans[last]!.end), weight: weights[at]! };
    })
    .filter(({ weight }) => Math.abs(weight) >= leastWeight)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, mostWords);
}

const groupsAtOnce = (tokens: number): number =>
  Math.min(mostGroups, Math.max(fewestGroups, Math.floor(tokensAtOnce / tokens)));

/** Marks go with the word before them, and in long sentences as many words as needed go together. */
function groupWords(
  words: readonly string[],
  isRead: (word: number) => boolean,
  most: number,
): readonly (readonly number[])[] {
  const single: number[][] = [];
  for (const [at, word] of words.entries()) {
    if (!isRead(at)) continue;
    if (!isWord(word) && single.length > 0) single.at(-1)!.push(at);
    else single.push([at]);
  }
  const together = Math.ceil(single.length / most);
  return Array.from({ length: Math.ceil(single.length / Math.max(1, together)) }, (_, group) =>
    single.slice(group * together, (group + 1) * together).flat(),
  );
}

const isWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
