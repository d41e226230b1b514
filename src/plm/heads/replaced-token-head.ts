import { reshape } from "../../graph/operations.ts";
import type { Value } from "../../graph/value.ts";
import { activate } from "../encoder/activation.ts";
import { linear, type WeightSource } from "../encoder/linear-layer.ts";
import type { ModelConfig } from "../files/model-config.ts";

/**
 * ELECTRA's discriminator head (Clark et al. 2020, arXiv 2003.10555): for each row [n, d] the log-odds [n] that
 * its token is not the writer's but was put there by the generator.
 */
export function replacedTokenLogits(config: ModelConfig, weights: WeightSource, rows: Value): Value {
  const name = "discriminator_predictions";
  const inner = activate(config, linear(weights, `${name}.dense`, rows, config.hidden_size));
  return reshape(linear(weights, `${name}.dense_prediction`, inner, 1), [rows.type.shape[0]!]);
}
