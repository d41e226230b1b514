import { sigmoid } from "./mean.ts";
import type { SmoothLoss } from "./minimise.ts";

export interface LogisticRows {
  /** [rows, weights] */
  readonly values: Float32Array;
  /** 0 or 1. [rows] */
  readonly labels: Uint8Array;
  /** How much each row counts. [rows] */
  readonly shares: Float64Array;
}

/** Where the weights are drawn to, and how much: 1 / variance. [weights] */
export interface WeightPrior {
  readonly weights: Float64Array;
  readonly precision: Float64Array;
}

/** What logistic regression makes least: `Σ share · (ln(1 + e^score) − label · score) + ½ Σ precision · (weight − prior)²`, in nats. */
export function logisticLoss({ values, labels, shares }: LogisticRows, prior: WeightPrior): SmoothLoss {
  const size = prior.weights.length;
  const scoreOf = (row: number, weights: Float64Array): number => {
    let score = 0;
    for (let at = 0; at < size; at++) score += weights[at]! * values[row * size + at]!;
    return score;
  };
  return {
    valueAt(weights) {
      let value = 0;
      for (let at = 0; at < size; at++) {
        value += 0.5 * prior.precision[at]! * (weights[at]! - prior.weights[at]!) ** 2;
      }
      for (let row = 0; row < labels.length; row++) {
        const score = scoreOf(row, weights);
        // ln(1 + e^score) without overflow.
        const whole = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
        value += shares[row]! * (whole - labels[row]! * score);
      }
      return value;
    },
    slopeAt(weights) {
      const gradient = weights.map((weight, at) => prior.precision[at]! * (weight - prior.weights[at]!));
      const hessian = new Float64Array(size * size);
      prior.precision.forEach((value, at) => {
        hessian[at * size + at] = value;
      });
      for (let row = 0; row < labels.length; row++) {
        const chance = sigmoid(scoreOf(row, weights));
        const error = shares[row]! * (chance - labels[row]!);
        const bend = shares[row]! * chance * (1 - chance);
        const offset = row * size;
        for (let i = 0; i < size; i++) {
          gradient[i]! += error * values[offset + i]!;
          const scaled = bend * values[offset + i]!;
          for (let j = 0; j <= i; j++) hessian[i * size + j]! += scaled * values[offset + j]!;
        }
      }
      return { gradient, hessian: { size, values: hessian } };
    },
  };
}
