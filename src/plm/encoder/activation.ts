import { add, gelu, mul, relu, tanh } from "../../graph/operations.ts";
import type { Value } from "../../graph/value.ts";
import type { ModelConfig } from "../files/model-config.ts";

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
