import { gelu, relu, tanh } from "../../graph/operators/activations.ts";
import { add, mul } from "../../graph/operators/arithmetic.ts";
import { gather } from "../../graph/operators/indexing.ts";
import { cast } from "../../graph/operators/logic.ts";
import { gemm } from "../../graph/operators/matrix-products.ts";
import { layerNormalization } from "../../graph/operators/normalisation.ts";
import {
  type ByteMatrix,
  nothingSpared,
  readingProduct,
  roundedProduct,
  type SparedRounding,
} from "../../graph/operators/rounded-products.ts";
import type { Value } from "../../graph/value.ts";
import type { ModelConfig } from "../files/model-config.ts";

/** A frozen table T [rows, size] = codes · scales: int8 codes, and a scale for each row. */
export interface ByteTable {
  /** [rows, size] */
  readonly codes: Value;
  /** [rows, 1] */
  readonly scales: Value;
}

/** Hands out weights by their name in BERT: as frozen weights, as inputs to be trained, or mixed. */
export interface WeightSource {
  (name: string, shape: readonly number[]): Value;
  /** The 8-bit form of a frozen matrix whose products are to be computed in 8 bits. Absent: all are in full. */
  readonly quantised?: (name: string, shape: readonly number[]) => ByteMatrix | undefined;
  /** The 8-bit form of a frozen table whose rows are picked: the same numbers from a quarter of the memory. Absent: there is none. */
  readonly table?: (name: string, shape: readonly number[]) => ByteTable | undefined;
  /** What spares products in 8 bits with a matrix the worst of rounding. Absent: nothing. */
  readonly spared?: (name: string) => SparedRounding;
  /** Whether nothing is learned through the products. */
  readonly areRead?: true;
}

/** The same weights, with all products in full. */
export const inFull =
  (weights: WeightSource): WeightSource =>
  (name, shape) =>
    weights(name, shape);

/** Rows of a table [rows, size] by their numbers, of any shape; [..., size]. */
export function tableRows(
  weights: WeightSource,
  name: string,
  shape: readonly [rows: number, size: number],
  numbers: Value,
): Value {
  const table = weights.table?.(name, shape);
  if (table === undefined) return gather(weights(name, shape), numbers);
  return mul(cast(gather(table.codes, numbers), "float32"), gather(table.scales, numbers));
}

/** y = x·Wᵀ + b for rows x; W [out, in]. */
export function linearLayer(weights: WeightSource, name: string, rows: Value, out: number): Value {
  const into = Number(rows.type.shape[1]);
  const bias = weights(`${name}.bias`, [out]);
  const quantised = weights.quantised?.(`${name}.weight`, [out, into]);
  if (quantised === undefined)
    return gemm(rows, weights(`${name}.weight`, [out, into]), { transB: true, bias });
  const spared = weights.spared?.(`${name}.weight`) ?? nothingSpared;
  return weights.areRead
    ? readingProduct(rows, quantised, bias, spared)
    : add(roundedProduct(rows, quantised, spared), bias);
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
