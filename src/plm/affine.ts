import { gemm, layerNormalization } from "../graph/operations.ts";
import type { Value } from "../graph/value.ts";
import type { ModelConfig } from "./model-config.ts";

/** Hands out weights by their Hugging Face name: as frozen weights, as inputs to be trained, or mixed. */
export type WeightSource = (name: string, shape: readonly number[]) => Value;

/** y = x·Wᵀ + b for rows x; W [out, in]. */
export function linear(weights: WeightSource, name: string, rows: Value, out: number): Value {
  const into = Number(rows.type.shape[1]);
  const bias = weights(`${name}.bias`, [out]);
  return gemm(rows, weights(`${name}.weight`, [out, into]), { transB: true, bias });
}

export function normalize(config: ModelConfig, weights: WeightSource, name: string, rows: Value): Value {
  const d = config.hidden_size;
  const scale = weights(`${name}.weight`, [d]);
  return layerNormalization(rows, scale, weights(`${name}.bias`, [d]), config.layer_norm_eps);
}
