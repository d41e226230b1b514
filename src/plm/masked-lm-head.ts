import { gather, gatherElements, gelu, gemm, logSoftmax, neg, reshape } from "../graph/operations.ts";
import type { Value } from "../graph/value.ts";
import type { WeightSource } from "./bert-encoder.ts";
import { linear, normalize } from "./bert-encoder.ts";
import type { ModelConfig } from "./model-config.ts";

/**
 * BERT's masked-LM head at the given positions only: dense, GELU, LayerNorm, decoder tied to the word
 * embeddings, vocabulary bias. `rows` are hidden states [batch·length, d], `positions` flat row numbers
 * [masked]; the result is logits [masked, vocabulary]. Positions are gathered before the decoder, so
 * unmasked tokens cost nothing.
 */
export function maskedLmLogits(
  config: ModelConfig,
  weights: WeightSource,
  rows: Value,
  positions: Value,
): Value {
  const { hidden_size: d, vocab_size: vocabulary } = config;
  const name = "cls.predictions";
  const dense = gelu(linear(weights, `${name}.transform.dense`, gather(rows, positions), d));
  const states = normalize(config, weights, `${name}.transform.LayerNorm`, dense);
  const words = weights("embeddings.word_embeddings.weight", [vocabulary, d]);
  return gemm(states, words, { transB: true, bias: weights(`${name}.bias`, [vocabulary]) });
}

/** Cross-entropy of each row of logits [n, classes] against its target class [n]; [n], in nats. */
export function crossEntropy(logits: Value, targets: Value): Value {
  const count = targets.type.shape[0]!;
  const picked = gatherElements(logSoftmax(logits), reshape(targets, [count, 1]));
  return neg(reshape(picked, [count]));
}
