import {
  dynamicQuantizeMatMul,
  gemm,
  layerNormalization,
  type QuantisedWeight,
} from "../../graph/operations.ts";
import type { Value } from "../../graph/value.ts";
import type { ModelConfig } from "../files/model-config.ts";

/** Hands out weights by their name in BERT: as frozen weights, as inputs to be trained, or mixed. */
export interface WeightSource {
  (name: string, shape: readonly number[]): Value;
  /** The 8-bit form of a frozen matrix whose products are to be computed in 8 bits. Absent: all are in full. */
  readonly quantised?: (
    name: string,
    shape: readonly number[],
  ) => Omit<QuantisedWeight, "weight"> | undefined;
}

/** The same weights, with all products in full. */
export const inFull =
  (weights: WeightSource): WeightSource =>
  (name, shape) =>
    weights(name, shape);

/** y = x·Wᵀ + b for rows x; W [out, in]. */
export function linear(weights: WeightSource, name: string, rows: Value, out: number): Value {
  const into = Number(rows.type.shape[1]);
  const bias = weights(`${name}.bias`, [out]);
  const weight = weights(`${name}.weight`, [out, into]);
  const quantised = weights.quantised?.(`${name}.weight`, [out, into]);
  return quantised === undefined
    ? gemm(rows, weight, { transB: true, bias })
    : dynamicQuantizeMatMul(rows, { weight, ...quantised }, bias);
}

/** Layer normalisation of rows [n, size]. */
export function normalize(config: ModelConfig, weights: WeightSource, name: string, rows: Value): Value {
  const size = Number(rows.type.shape[1]);
  const scale = weights(`${name}.weight`, [size]);
  return layerNormalization(rows, scale, weights(`${name}.bias`, [size]), config.layer_norm_eps);
}
