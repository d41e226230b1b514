import type { TunedValue, Tuning } from "../../prompts/tuning.ts";

/** Where the vectors of labels start. */
export interface LabelEmbeddings {
  /** One for each label, [labels, d], such as the vectors of the labels' own words. */
  readonly vectors: Float32Array;
  readonly labels: number;
  readonly hiddenSize: number;
}

/** What unit vectors are multiplied with at the start, so that log-odds can be far from zero. */
const startScale = 10;
/** Log-odds of a label at the start, about those of one label in twenty. */
const startBias = -3;

/**
 * Vectors of labels that learn, and a bias for each. Everyone's. Values: `labels.vectors` [labels, d],
 * `labels.bias` [labels].
 */
export function labelEmbeddingTuning({ vectors, labels, hiddenSize }: LabelEmbeddings): Tuning {
  const value = (name: string, shape: readonly number[], start: () => Float32Array): TunedValue => ({
    name: `labels.${name}`,
    shape,
    group: "head",
    owner: "everyone",
    start,
  });
  return {
    method: `embeddings of ${labels} labels`,
    values: [
      value("vectors", [labels, hiddenSize], () => vectors.map((number) => startScale * number)),
      value("bias", [labels], () => new Float32Array(labels).fill(startBias)),
    ],
    mixesWriters: true,
    enter: ({ weights }) => ({ weights, additions: {} }),
  };
}
