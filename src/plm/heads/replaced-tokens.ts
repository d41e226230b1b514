import { reshape } from "../../graph/operators/views.ts";
import type { Value } from "../../graph/value.ts";
import { activate, linearLayer, type WeightSource } from "../encoder/layers.ts";
import type { ModelConfig } from "../files/model-config.ts";

/**
 * ELECTRA's discriminator head (Clark et al. 2020, arXiv 2003.10555): for each row [n, d] the log-odds [n] that
 * its token is not the writer's but was put there by the generator.
 */
export function replacedTokenLogits(config: ModelConfig, weights: WeightSource, rows: Value): Value {
  const name = "discriminator_predictions";
  const inner = activate(config, linearLayer(weights, `${name}.dense`, rows, config.hidden_size));
  return reshape(linearLayer(weights, `${name}.dense_prediction`, inner, 1), [rows.type.shape[0]!]);
}
