import { cholesky, solveCholesky } from "../numbers/cholesky.ts";
import { sigmoid } from "../numbers/mean.ts";

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
const newtonSteps = 8;
const size = 3;

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
  const fewer = Math.min(own.length, others.length);
  const rows = [
    ...own.map((row) => ({ values: rowOf(row), label: 1, cost: fewer / own.length })),
    ...others.map((row) => ({ values: rowOf(row), label: 0, cost: fewer / others.length })),
  ];
  const start = [bias, characters, words];
  const variances = [biasVariance, weightVariance, weightVariance];
  let weights = Float64Array.from(start);
  for (let step = 0; step < newtonSteps; step++) {
    const slope = weights.map((weight, at) => (weight - start[at]!) / variances[at]!);
    const bend = new Float64Array(size * size);
    for (let at = 0; at < size; at++) bend[at * size + at] = 1 / variances[at]!;
    for (const { values, label, cost } of rows) {
      const chance = sigmoid(values.reduce((sum, value, at) => sum + value * weights[at]!, 0));
      for (let a = 0; a < size; a++) {
        slope[a]! += cost * (chance - label) * values[a]!;
        for (let b = 0; b < size; b++) {
          bend[a * size + b]! += cost * chance * (1 - chance) * values[a]! * values[b]!;
        }
      }
    }
    const move = solveCholesky(cholesky({ size, values: bend }), slope);
    weights = weights.map((weight, at) => weight - move[at]!);
  }
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
