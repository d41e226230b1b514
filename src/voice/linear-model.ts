import type { Random } from "../numbers/random.ts";

/** Numbers that are not zero, by place; in order of the places. */
export interface SparseVector {
  readonly ids: Uint16Array;
  readonly values: Float32Array;
}

/** A score for vectors: `weights · vector + bias`. */
export interface LinearModel {
  readonly weights: Float32Array;
  readonly bias: number;
}

/** A vector of one of two classes. */
export interface LabelledVector {
  readonly vector: SparseVector;
  readonly label: 1 | -1;
  /** What a fault in it costs, beside others. */
  readonly cost: number;
}

const rounds = 10;

/**
 * Separates two classes with a squared hinge and L2 regularisation, by dual coordinate descent (Hsieh and others 2008,
 * A dual coordinate descent method for large-scale linear SVM, algorithm 1).
 * @param size length of the vectors
 * @param withBias without, the score of a vector and of its opposite are opposite, too
 */
export function fitLinear(
  examples: readonly LabelledVector[],
  size: number,
  random: Random,
  withBias = true,
): LinearModel {
  const weights = new Float32Array(size);
  const constant = withBias ? 1 : 0;
  let bias = 0;
  const duals = new Float64Array(examples.length);
  const squares = examples.map(({ vector }) =>
    vector.values.reduce((sum, value) => sum + value * value, constant),
  );
  const order = examples.map((_, at) => at);
  for (let round = 0; round < rounds; round++) {
    for (const at of random.shuffle(order)) {
      const { vector, label, cost } = examples[at]!;
      const slack = 1 / (2 * cost);
      const gradient = label * (dotSparse(weights, vector) + bias) - 1 + slack * duals[at]!;
      const next = Math.max(0, duals[at]! - gradient / (squares[at]! + slack));
      const change = (next - duals[at]!) * label;
      if (change === 0) continue;
      duals[at] = next;
      bias += constant * change;
      const { ids, values } = vector;
      for (let place = 0; place < ids.length; place++) weights[ids[place]!]! += change * values[place]!;
    }
  }
  return { weights, bias };
}

export const linearScore = ({ weights, bias }: LinearModel, vector: SparseVector): number =>
  dotSparse(weights, vector) + bias;

function dotSparse(weights: Float32Array, { ids, values }: SparseVector): number {
  let sum = 0;
  for (let place = 0; place < ids.length; place++) sum += weights[ids[place]!]! * values[place]!;
  return sum;
}

/** The mean of models: their mean score is its score. */
export function meanModel(models: readonly LinearModel[]): LinearModel {
  const weights = new Float32Array(models[0]?.weights.length ?? 0);
  for (const model of models) {
    for (let at = 0; at < weights.length; at++) weights[at]! += model.weights[at]! / models.length;
  }
  return { weights, bias: models.reduce((sum, { bias }) => sum + bias / models.length, 0) };
}
