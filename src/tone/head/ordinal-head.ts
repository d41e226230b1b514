import { gelu, sigmoid, softplus } from "../../graph/operators/activations.ts";
import { add, div, mul, neg, sub } from "../../graph/operators/arithmetic.ts";
import { log } from "../../graph/operators/functions.ts";
import { concat, slice } from "../../graph/operators/indexing.ts";
import { reduceSum } from "../../graph/operators/reductions.ts";
import { reshape } from "../../graph/operators/views.ts";
import type { Value } from "../../graph/value.ts";
import type { EncoderInputs } from "../../plm/encoder/encoder-inputs.ts";
import { linearLayer, type WeightSource } from "../../plm/encoder/layers.ts";
import { firstToken, meanPool } from "../../plm/encoder/pooling.ts";
import { sentimentHiddenSize } from "../../plm/files/tensor-shapes.ts";
import { type ClassCount, toneClasses } from "./tone-classes.ts";

/**
 * Latent valence of each sequence, [batch, 1]: an unbounded number, the more positive the better the
 * tone. The head reads the [CLS] state beside the mean of all states.
 */
export function latentValence(weights: WeightSource, rows: Value, inputs: EncoderInputs): Value {
  return linearLayer(weights, "sentiment.valence", pooledFeatures(weights, rows, inputs), 1);
}

/** gelu(W·[CLS; mean] + b), [batch, 128]. */
export function pooledFeatures(weights: WeightSource, rows: Value, inputs: EncoderInputs): Value {
  const pooled = concat([firstToken(rows, inputs), meanPool(rows, inputs)], 1); // [B, 2d]
  return gelu(linearLayer(weights, "sentiment.dense", pooled, sentimentHiddenSize));
}

/** The stored form of the thresholds, [1, 4]; see `ascending`. */
export function storedThresholds(weights: WeightSource): Value {
  return reshape(weights("sentiment.thresholds", [4]), [1, 4]);
}

/** Thresholds between five ordered classes, [1, 4]. */
export function orderedThresholds(weights: WeightSource): Value {
  return ascending(storedThresholds(weights));
}

/**
 * Four thresholds a row, ascending for any stored form [n, 4]: the second is stored as it is, the others by their
 * distances through softplus.
 */
export function ascending(raw: Value): Value {
  const second = slice(raw, 1, 0, 1);
  const first = sub(second, softplus(slice(raw, 1, 1, 2)));
  const third = add(second, softplus(slice(raw, 1, 2, 3)));
  const fourth = add(third, softplus(slice(raw, 1, 3, 4)));
  return concat([first, second, third, fourth], 1);
}

/**
 * Probabilities of the five classes, [batch, 5], by the proportional-odds model: the share above
 * threshold k is σ((v − τₖ)/s) (McCullagh 1980, Regression Models for Ordinal Data). `thresholds` are [1, 4] or
 * [batch, 4], `scale` [batch, 1]; s = 1 where it is absent.
 */
export function classProbabilities(valence: Value, thresholds: Value, scale?: Value): Value {
  const distance = sub(valence, thresholds);
  const above = sigmoid(scale === undefined ? distance : div(distance, scale)); // [B, 4]
  const batch = valence.type.shape[0]!;
  const edge = mul(valence, 0); // [B, 1]
  const lower = concat([add(edge, 1), above], 1);
  const upper = concat([above, reshape(edge, [batch, 1])], 1);
  return sub(lower, upper);
}

/**
 * Negative log-likelihood of labels that name a set of classes, [batch]. `members` [batch, 5] is 1 at
 * the classes that the label covers, `universe` [batch, 5] at those that its scale knows. So two, three
 * and five classes train one head: 'positive' of a scale without neutral covers positive and very
 * positive, among all but neutral.
 */
export function ordinalLoss(probabilities: Value, members: Value, universe: Value): Value {
  const share = (mask: Value): Value => log(add(reduceSum(mul(probabilities, mask), [1]), 1e-6));
  return neg(sub(share(members), share(universe)));
}

/** What a label covers of the five classes, and what its scale knows, as numbers for `ordinalLoss`. */
export function ordinalTarget(
  label: number,
  classes: ClassCount,
): { members: readonly number[]; universe: readonly number[] } {
  const { members, universe } = toneClasses(label, classes);
  const indicator = (covered: readonly number[]): number[] =>
    [0, 1, 2, 3, 4].map((k) => (covered.includes(k) ? 1 : 0));
  return { members: indicator(members), universe: indicator(universe) };
}
