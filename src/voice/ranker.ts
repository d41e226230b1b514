import { logisticLoss } from "../numbers/logistic-loss.ts";
import { minimise } from "../numbers/minimise.ts";

/** What speaks for or against a writer, each in standard deviations of other writers' passages. */
export const evidenceKinds = ["characters", "words", "assistant"] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];
export type Evidence = Readonly<Record<EvidenceKind, number>>;

/** Brings evidence together: `bias + Σ weight · evidence` is the logarithm of the odds for the writer. */
export interface RankerWeights extends Evidence {
  readonly bias: number;
}

/** What the ranker starts from, for a writer of whom nothing is known. */
export interface RankerStart {
  readonly bias: number;
  readonly characters: number;
  readonly words: number;
  /**
   * The assistant's weight, as a share of what characters and words weigh together: other people do not write as
   * assistants do, so the writer's passages and theirs cannot tell what it should be.
   */
  readonly assistantShare: number;
}

/**
 * How far weights may lie from those of the start, as a variance. Little: characters know what a text is about, which
 * tells the writer from others and says nothing of how the writer would put it.
 */
const weightVariance = 0.002;
const biasVariance = 100;

/**
 * Logistic regression of the writer's own passages against others', in which both sides count the same, pulled towards
 * the weights of the start (L2).
 */
export function fitRanker(
  own: readonly Evidence[],
  others: readonly Evidence[],
  { bias, characters, words, assistantShare }: RankerStart,
): RankerWeights {
  const rowOf = (row: Evidence): readonly number[] => {
    const assistant = assistantShare * row.assistant;
    return [1, row.characters + assistant, row.words + assistant];
  };
  const rows = [...own, ...others];
  const fewer = Math.min(own.length, others.length);
  const shares = new Float64Array(rows.length).fill(fewer / others.length);
  shares.fill(fewer / own.length, 0, own.length);
  const labels = new Uint8Array(rows.length).fill(1, 0, own.length);
  const values = Float32Array.from(rows.flatMap(rowOf));
  const start = Float64Array.of(bias, characters, words);
  const precision = Float64Array.of(biasVariance, weightVariance, weightVariance).map((value) => 1 / value);
  const weights = minimise(logisticLoss({ values, labels, shares }, { weights: start, precision }), start);
  const [fittedBias = 0, ofCharacters = 0, ofWords = 0] = weights;
  return {
    bias: fittedBias,
    characters: ofCharacters,
    words: ofWords,
    assistant: assistantShare * (ofCharacters + ofWords),
  };
}

/** A value for each kind of evidence. */
export function evidenceOf<Value>(of: (kind: EvidenceKind) => Value): Record<EvidenceKind, Value> {
  return Object.fromEntries(evidenceKinds.map((kind) => [kind, of(kind)])) as Record<EvidenceKind, Value>;
}

export function weigh(weights: RankerWeights, evidence: Evidence): number {
  return evidenceKinds.reduce((sum, kind) => sum + weights[kind] * evidence[kind], weights.bias);
}
