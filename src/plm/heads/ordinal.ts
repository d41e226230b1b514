import { sigmoid, softplus } from "../../graph/operators/activations.ts";
import { add, div, mul, neg, sub } from "../../graph/operators/arithmetic.ts";
import { log } from "../../graph/operators/functions.ts";
import { concat, slice } from "../../graph/operators/indexing.ts";
import { reduceSum } from "../../graph/operators/reductions.ts";
import type { Value } from "../../graph/value.ts";

/*
 * Ordered classes by one latent number: the proportional-odds model (McCullagh 1980, Regression Models for Ordinal Data).
 * Thresholds are stored so that they ascend whatever is learned: one of them, the pivot, as it is, then the distances below
 * it and those above it, nearest first, each through the inverse of softplus.
 */

/** The pivot of a model's own head for tone: its second threshold, where negative ends and neutral begins. */
export const tonePivot = 1;

/** [n, thresholds] as stored to ascending thresholds, [n, thresholds]. */
export function ascendingThresholds(stored: Value, pivot: number): Value {
  const column = (k: number): Value => slice(stored, 1, k, k + 1);
  const thresholds = [column(0)];
  for (let k = 1; k < Number(stored.type.shape[1]); k++) {
    if (k <= pivot) thresholds.unshift(sub(thresholds[0]!, softplus(column(k))));
    else thresholds.push(add(thresholds.at(-1)!, softplus(column(k))));
  }
  return thresholds.length === 1 ? thresholds[0]! : concat(thresholds, 1);
}

/** The same of numbers. */
export function readThresholds(stored: ArrayLike<number>, pivot: number): readonly number[] {
  const thresholds = [stored[0]!];
  for (let k = 1; k < stored.length; k++) {
    const distance = Math.log1p(Math.exp(stored[k]!));
    if (k <= pivot) thresholds.unshift(thresholds[0]! - distance);
    else thresholds.push(thresholds.at(-1)! + distance);
  }
  return thresholds;
}

/** Ascending thresholds as they are stored. */
export function storeThresholds(thresholds: readonly number[], pivot: number): Float32Array {
  const distances = thresholds
    .slice(1)
    .map((threshold, k) => Math.log(Math.expm1(threshold - thresholds[k]!)));
  const [below, above] = [distances.slice(0, pivot).reverse(), distances.slice(pivot)];
  return Float32Array.of(thresholds[pivot]!, ...below, ...above);
}

/**
 * Shares of the classes, [batch, thresholds + 1]: the share above threshold k is σ((v − τₖ)/s), with the latent number v
 * [batch, 1], `thresholds` [1, n] or [batch, n], and s = `scale` [batch, 1], a text's own; 1 if absent.
 */
export function ordinalShares(latent: Value, thresholds: Value, scale?: Value): Value {
  const distance = sub(latent, thresholds);
  const above = sigmoid(scale === undefined ? distance : div(distance, scale)); // [B, n]
  const edge = mul(latent, 0); // [B, 1]
  return sub(concat([add(edge, 1), above], 1), concat([above, edge], 1));
}

/**
 * Negative log-likelihood of labels that name a set of classes, [batch], in nats. `members` [batch, classes] is 1 at the
 * classes that a label covers, `universe` at those that its scale knows; all if absent. So scales of two, three and five
 * classes train one head: 'positive' of a scale without neutral covers positive and very positive, among all but neutral.
 */
export function ordinalLoss(shares: Value, members: Value, universe?: Value): Value {
  const logOf = (mask: Value): Value => log(add(reduceSum(mul(shares, mask), [1]), 1e-6));
  return neg(universe === undefined ? logOf(members) : sub(logOf(members), logOf(universe)));
}
