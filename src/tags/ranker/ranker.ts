import { NotFiniteError } from "../../graph/errors.ts";
import { type LogisticRows, logisticLoss } from "../../numbers/logistic-loss.ts";
import { sigmoid } from "../../numbers/mean.ts";
import { minimise } from "../../numbers/minimise.ts";

/** What other writers teach about a feature. */
export interface FeaturePrior {
  /** Mean and standard deviation of the feature over other writers' (document, tag) pairs. */
  readonly mean: number;
  readonly deviation: number;
  /** Weight of the standardised feature. */
  readonly weight: number;
}

/** The weights that a writer's ranker starts from. Plain JSON. */
export interface RankerPrior {
  readonly version: 1;
  readonly bias: number;
  readonly features: Readonly<Record<string, FeaturePrior>>;
}

/** The candidates of one document: features row by row, and which of them are right. */
export interface RankedRows {
  /** NaN where a value is not known. [candidates, features] */
  readonly values: Float32Array;
  readonly labels: Uint8Array;
  /** How much the document counts; 1 unless said. */
  readonly weight?: number;
}

/** A prior with the features in the order of the rows. */
export interface RankerStart {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  /** Weights of the features, then the bias. [features + 1] */
  readonly weights: Float64Array;
}

export interface RankerStrength {
  /** Pull of a feature's weight towards the prior (1 / its variance over writers). */
  readonly weightPrecision: number;
  readonly biasPrecision: number;
}

/**
 * The prior for these features. One that it does not know starts at weight 0, on the scale it has in
 * the rows.
 */
export function startFrom(
  prior: RankerPrior,
  names: readonly string[],
  rows: readonly RankedRows[] = [],
): RankerStart {
  const known = names.map((name, column) => {
    const feature = prior.features[name];
    return feature ?? { ...scaleOf(rows, column, names.length), weight: 0 };
  });
  return {
    mean: Float64Array.from(known, ({ mean }) => mean),
    deviation: Float64Array.from(known, ({ deviation }) => deviation),
    weights: Float64Array.from([...known.map(({ weight }) => weight), prior.bias]),
  };
}

/** Mean and standard deviation of a column over the rows where it is known. */
function scaleOf(
  rows: readonly RankedRows[],
  column: number,
  columns: number,
): { readonly mean: number; readonly deviation: number } {
  let [count, sum, squares] = [0, 0, 0];
  for (const { values, weight = 1 } of rows) {
    for (let at = column; at < values.length; at += columns) {
      const value = values[at]!;
      if (Number.isNaN(value)) continue;
      count += weight;
      sum += weight * value;
      squares += weight * value * value;
    }
  }
  const mean = count === 0 ? 0 : sum / count;
  const deviation = count === 0 ? 1 : Math.sqrt(Math.max(0, squares / count - mean * mean));
  return { mean, deviation: deviation < 1e-6 ? 1 : deviation };
}

/** Probability of each candidate. An unknown feature counts as its mean. Throws NotFiniteError for an impossible score. */
export function probabilities(
  values: Float32Array,
  { mean, deviation }: RankerStart,
  weights: Float64Array,
): Float64Array {
  const count = mean.length;
  const result = new Float64Array(values.length / count);
  for (let row = 0; row < result.length; row++) {
    let score = weights[count]!;
    for (let column = 0; column < count; column++) {
      const value = values[row * count + column]!;
      if (!Number.isNaN(value)) score += (weights[column]! * (value - mean[column]!)) / deviation[column]!;
    }
    // An infinite score would be a certainty of 0 or 1 that nothing bears out.
    if (!Number.isFinite(score)) throw new NotFiniteError("tags");
    result[row] = sigmoid(score);
  }
  return result;
}

/**
 * Weights of a logistic regression over (document, tag) pairs, with a Gaussian prior around the
 * starting weights. The loss is convex, so the answer depends on nothing else. Throws NotFiniteError for rows or weights
 * that are no numbers.
 */
export function fitRanker(
  documents: readonly RankedRows[],
  start: RankerStart,
  { weightPrecision, biasPrecision }: RankerStrength,
  from: Float64Array = start.weights,
): Float64Array {
  const precision = new Float64Array(start.weights.length).fill(weightPrecision);
  precision[start.mean.length] = biasPrecision;
  const loss = logisticLoss(standardised(documents, start), { weights: start.weights, precision });
  if (!Number.isFinite(loss.valueAt(from))) throw new NotFiniteError("tags");
  return minimise(loss, from);
}

/** The pairs of all documents: their features with mean 0 and deviation 1, 0 for what is not known, then 1 for the bias. */
function standardised(documents: readonly RankedRows[], { mean, deviation }: RankerStart): LogisticRows {
  const count = mean.length;
  const pairs = documents.reduce((sum, { labels }) => sum + labels.length, 0);
  const values = new Float32Array(pairs * (count + 1)).fill(1);
  const labels = new Uint8Array(pairs);
  const shares = new Float64Array(pairs);
  let pair = 0;
  for (const { values: own, labels: ownLabels, weight = 1 } of documents) {
    labels.set(ownLabels, pair);
    shares.fill(weight, pair, pair + ownLabels.length);
    for (let row = 0; row < ownLabels.length; row++, pair++) {
      for (let column = 0; column < count; column++) {
        const value = own[row * count + column]!;
        values[pair * (count + 1) + column] = Number.isNaN(value)
          ? 0
          : (value - mean[column]!) / deviation[column]!;
      }
    }
  }
  return { values, labels, shares };
}
