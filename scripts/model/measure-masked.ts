import { fixedMasks, type MaskingOptions } from "../../src/learning/masking.ts";
import type { Passage } from "../../src/learning/passages.ts";
import { createRandom } from "../../src/numbers/random.ts";
import type { BuildData } from "./data.ts";
import { type Measurer, type MlmMeasure, measuringSeed } from "./measure.ts";
import { textKinds } from "./sources.ts";

/** So many passages of each writer who was kept out. */
const ofEachNewWriter = 20;

/** The model's guesses of masked words, and those of the word frequencies of its training text. */
export interface MaskedMeasure {
  readonly model: MlmMeasure;
  readonly frequency: MlmMeasure;
}

/** Measures on the held-out part of each kind of text and on new writers; `measured` hears of each at once. */
export async function measureMasked(
  measurer: Measurer,
  data: BuildData,
  { masking, vocabularySize }: { readonly masking: MaskingOptions; readonly vocabularySize: number },
  measured: (kind: string, figures: MlmMeasure) => void,
): Promise<Readonly<Record<string, MaskedMeasure>>> {
  const counts = countTokens(
    textKinds.flatMap((kind) => data.text[kind].train),
    vocabularySize,
  );
  const heldOut = {
    ...Object.fromEntries(textKinds.map((kind) => [kind, data.text[kind].heldOut])),
    "new writers": Object.values(data.newWriters).flatMap((passages) => passages.slice(0, ofEachNewWriter)),
  };
  const masked: Record<string, MaskedMeasure> = {};
  for (const [kind, passages] of Object.entries(heldOut)) {
    const model = await measurer.mlm(passages);
    masked[kind] = { model, frequency: byFrequency(counts, passages, masking) };
    measured(kind, model);
  }
  return masked;
}

/** How often each token stands in a text, half a count added. */
function countTokens(text: readonly Passage[], vocabularySize: number): Float64Array {
  const counts = new Float64Array(vocabularySize).fill(0.5);
  for (const { ids } of text) {
    for (let at = 1; at < ids.length - 1; at++) {
      counts[ids[at]!]! += 1;
    }
  }
  return counts;
}

/** The unigram model of the training text, on the same masked tokens. */
function byFrequency(
  counts: Float64Array,
  passages: readonly Passage[],
  masking: MaskingOptions,
): MlmMeasure {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const likeliest = counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
  let [tokens, loss, right] = [0, 0, 0];
  for (const [row, mask] of fixedMasks(passages, masking, createRandom(measuringSeed)).entries()) {
    for (const position of mask.positions) {
      const target = passages[row]!.ids[position]!;
      loss -= Math.log(counts[target]! / total);
      right += target === likeliest ? 1 : 0;
      tokens++;
    }
  }
  return { masked: tokens, loss: loss / tokens, top1: right / tokens };
}
