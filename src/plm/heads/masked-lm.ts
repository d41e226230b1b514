import { div, neg, sub } from "../../graph/operators/arithmetic.ts";
import { exp } from "../../graph/operators/functions.ts";
import { gather, gatherElements } from "../../graph/operators/indexing.ts";
import { cast } from "../../graph/operators/logic.ts";
import { gemm } from "../../graph/operators/matrix-products.ts";
import { logSoftmax } from "../../graph/operators/normalisation.ts";
import { reshape } from "../../graph/operators/views.ts";
import type { Value } from "../../graph/value.ts";
import { activate, linearLayer, normLayer, type WeightSource } from "../encoder/layers.ts";
import type { ModelConfig } from "../files/model-config.ts";

/**
 * The masked-LM head at the given positions only: dense d → e, activation, LayerNorm, decoder tied to the
 * word embeddings, vocabulary bias; all families have it in this form, ELECTRA in its generator. `rows` are
 * hidden states [batch·length, d], `positions` flat row numbers [masked]; the result is logits
 * [masked, vocabulary]. Positions are gathered before the decoder, so unmasked tokens cost nothing.
 */
export function maskedLmLogits(
  config: ModelConfig,
  weights: WeightSource,
  rows: Value,
  positions: Value,
): Value {
  return maskedLmScores(config, weights, gather(rows, positions)).logits;
}

/** What the head makes of rows [masked, d]. */
export interface MaskedLmScores {
  /** What meets the word embeddings, [masked, e]. */
  readonly states: Value;
  /** [masked, vocabulary]. */
  readonly logits: Value;
}

/** The same for hidden states that are those of the masked positions already. */
export function maskedLmScores(config: ModelConfig, weights: WeightSource, rows: Value): MaskedLmScores {
  const name = "cls.predictions.transform";
  const dense = activate(config, linearLayer(weights, `${name}.dense`, rows, config.embedding_size));
  const states = normLayer(config, weights, `${name}.LayerNorm`, dense);
  const { words, bias } = vocabulary(config, weights);
  return { states, logits: gemm(states, words, { transB: true, bias }) };
}

function vocabulary(config: ModelConfig, weights: WeightSource) {
  const { embedding_size: e, vocab_size: size } = config;
  const words = weights("embeddings.word_embeddings.weight", [size, e]);
  return { words, bias: weights("cls.predictions.bias", [size]) };
}

/** Cross-entropy of each row of logits [n, classes] against its target class [n]; [n], in nats. */
export function crossEntropy(logits: Value, targets: Value): Value {
  const count = targets.type.shape[0]!;
  const picked = gatherElements(logSoftmax(logits), reshape(targets, [count, 1]));
  return neg(reshape(picked, [count]));
}

/**
 * Gradient of the mean cross-entropy by the head's states, (softmax(logits)·W − W[targets]) / n, [n, e].
 * Operator by operator it would take one-hot rows of the size of the logits and two more passes over them.
 */
export function meanCrossEntropyGradient(
  config: ModelConfig,
  weights: WeightSource,
  { states, logits }: MaskedLmScores,
  targets: Value,
): Value {
  const { words } = vocabulary(config, weights);
  const count = cast(states.graph.runtimeShape([targets.type.shape[0]!]), "float32");
  return div(sub(gemm(exp(logSoftmax(logits)), words), gather(words, targets)), count);
}
