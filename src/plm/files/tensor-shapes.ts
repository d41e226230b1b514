import type { ModelConfig } from "./model-config.ts";

/** Names and shapes of tensors, as Hugging Face's BERT writes them; weights of linear maps are `[out, in]`. */
export type TensorShapes = ReadonlyMap<string, readonly number[]>;

/** Every tensor of the encoder, without the `bert.` prefix. The pooler is not used, so not expected. */
export function encoderTensors(config: ModelConfig): TensorShapes {
  const { hidden_size: hidden, intermediate_size: intermediate } = config;
  const shapes = new Map<string, readonly number[]>(embeddingTensors(config));
  for (let index = 0; index < config.num_hidden_layers; index++) {
    const layer = `encoder.layer.${index}`;
    const tensors = [
      ...linear(`${layer}.attention.self.query`, hidden, hidden),
      ...linear(`${layer}.attention.self.key`, hidden, hidden),
      ...linear(`${layer}.attention.self.value`, hidden, hidden),
      ...linear(`${layer}.attention.output.dense`, hidden, hidden),
      ...scaleAndShift(`${layer}.attention.output.LayerNorm`, hidden),
      ...linear(`${layer}.intermediate.dense`, hidden, intermediate),
      ...linear(`${layer}.output.dense`, intermediate, hidden),
      ...scaleAndShift(`${layer}.output.LayerNorm`, hidden),
    ];
    for (const [name, shape] of tensors) shapes.set(name, shape);
  }
  return shapes;
}

function embeddingTensors(config: ModelConfig): readonly NamedShape[] {
  const { embedding_size: e, hidden_size: d, type_vocab_size: types } = config;
  const positions = config.max_position_embeddings + config.position_offset;
  return [
    ["embeddings.word_embeddings.weight", [config.vocab_size, e]],
    ["embeddings.position_embeddings.weight", [positions, e]],
    ...(types === 0 ? [] : ([["embeddings.token_type_embeddings.weight", [types, e]]] as const)),
    ...scaleAndShift("embeddings.LayerNorm", e),
    ...(e === d ? [] : linear("embeddings_project", e, d)),
  ];
}

/** Tensors of the masked-LM head; its decoder is tied to the word embeddings. */
export function mlmHeadTensors({ hidden_size: d, embedding_size: e, vocab_size }: ModelConfig): TensorShapes {
  return new Map([
    ...linear("cls.predictions.transform.dense", d, e),
    ...scaleAndShift("cls.predictions.transform.LayerNorm", e),
    ["cls.predictions.bias", [vocab_size]],
  ]);
}

/** Tensors of ELECTRA's discriminator head, which tells replaced tokens; other families have none. */
export function replacedTokenHeadTensors({ hidden_size: d }: ModelConfig): TensorShapes {
  const name = "discriminator_predictions";
  return new Map([...linear(`${name}.dense`, d, d), ...linear(`${name}.dense_prediction`, d, 1)]);
}

/** Width of the sentiment head's only hidden layer. */
export const sentimentHiddenSize = 128;

/**
 * Tensors of the sentiment head: pooled states [2d] to a hidden layer to one valence, in a head of location and scale
 * to the logarithm of a scale as well; four thresholds.
 */
export function sentimentHeadTensors({ hidden_size, tone_head }: ModelConfig): TensorShapes {
  return new Map([
    ...linear("sentiment.dense", 2 * hidden_size, sentimentHiddenSize),
    ...linear("sentiment.valence", sentimentHiddenSize, 1),
    ...(tone_head === "location_scale" ? linear("sentiment.spread", sentimentHiddenSize, 1) : []),
    ["sentiment.thresholds", [4]],
  ]);
}

type NamedShape = readonly [name: string, shape: readonly number[]];

function linear(name: string, inputs: number, outputs: number): readonly NamedShape[] {
  return [
    [`${name}.weight`, [outputs, inputs]],
    [`${name}.bias`, [outputs]],
  ];
}

function scaleAndShift(name: string, size: number): readonly NamedShape[] {
  return [
    [`${name}.weight`, [size]],
    [`${name}.bias`, [size]],
  ];
}
