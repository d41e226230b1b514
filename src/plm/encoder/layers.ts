import { gelu, relu, tanh } from "../../graph/operators/activations.ts";
import { add, mul } from "../../graph/operators/arithmetic.ts";
import { gemm } from "../../graph/operators/matrix-products.ts";
import { layerNormalization } from "../../graph/operators/normalisation.ts";
import {
  type ByteMatrix,
  readingProduct,
  roundedProduct,
  type SparedRounding,
} from "../../graph/operators/rounded-products.ts";
import type { Value } from "../../graph/value.ts";
import type { ModelConfig } from "../files/model-config.ts";

/** Hands out weights by their name in BERT: as frozen weights, as inputs to be trained, or mixed. */
export interface WeightSource {
  (name: string, shape: readonly number[]): Value;
  /** The 8-bit form of a frozen matrix whose products are to be computed in 8 bits. Absent: all are in full. */
  readonly quantised?: (name: string, shape: readonly number[]) => ByteMatrix | undefined;
  /** Where nothing is learned through products in 8 bits: what spares that of a matrix the worst of rounding. */
  readonly spared?: (name: string) => SparedRounding;
}

/** The same weights, with all products in full. */
export const inFull =
  (weights: WeightSource): WeightSource =>
  (name, shape) =>
    weights(name, shape);

/** y = x·Wᵀ + b for rows x; W [out, in]. */
export function linearLayer(weights: WeightSource, name: string, rows: Value, out: number): Value {
  const into = Number(rows.type.shape[1]);
  const bias = weights(`${name}.bias`, [out]);
  const quantised = weights.quantised?.(`${name}.weight`, [out, into]);
  if (quantised === undefined)
    return gemm(rows, weights(`${name}.weight`, [out, into]), { transB: true, bias });
  return weights.spared === undefined
    ? add(roundedProduct(rows, quantised), bias)
    : readingProduct(rows, quantised, bias, weights.spared(`${name}.weight`));
}

/** Layer normalisation of rows [n, size]. */
export function normLayer(config: ModelConfig, weights: WeightSource, name: string, rows: Value): Value {
  const size = Number(rows.type.shape[1]);
  const scale = weights(`${name}.weight`, [size]);
  return layerNormalization(rows, scale, weights(`${name}.bias`, [size]), config.layer_norm_eps);
}

/** The model's activation, number by number. */
export function activate({ hidden_act: name }: Pick<ModelConfig, "hidden_act">, x: Value): Value {
  switch (name) {
    case "gelu":
      return gelu(x);
    case "gelu_new":
      return tanhGelu(x);
    case "relu":
      return relu(x);
    default:
      return name satisfies never;
  }
}

/** ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) (Hendrycks and Gimpel 2016, arXiv 1606.08415). */
function tanhGelu(x: Value): Value {
  const inner = mul(add(mul(mul(x, x), 0.044715), 1), x);
  return mul(mul(add(tanh(mul(inner, Math.sqrt(2 / Math.PI))), 1), x), 0.5);
}
