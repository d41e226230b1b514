import { add, flattenRows, gather, reshape, slice } from "../graph/operations.ts";
import type { Value } from "../graph/value.ts";
import { normalize, type WeightSource } from "./affine.ts";
import type { EncoderInputs } from "./encoder-inputs.ts";
import type { ModelConfig } from "./model-config.ts";

/** Sum of word, position and type embeddings, normalised; [batch·length, d]. */
export function embed(config: ModelConfig, weights: WeightSource, { ids }: EncoderInputs): Value {
  const { hidden_size: d, vocab_size: vocabulary } = config;
  const [, length] = ids.type.shape;
  const words = weights("embeddings.word_embeddings.weight", [vocabulary, d]);
  const positions = weights("embeddings.position_embeddings.weight", [config.max_position_embeddings, d]);
  const types = weights("embeddings.token_type_embeddings.weight", [config.type_vocab_size, d]);
  const place = gather(positions, positionIds(ids, length!)); // [S, d]
  const sum = add(add(gather(words, ids), slice(types, 0, 0, 1)), place); // [B, S, d]
  return normalize(config, weights, "embeddings.LayerNorm", flattenRows(sum));
}

/** 0 … length−1, at run time. */
function positionIds(ids: Value, length: number | string): Value {
  const { graph } = ids;
  const end = reshape(graph.runtimeShape([length]), []);
  const type = { elementType: "int64", shape: [length] } as const;
  const start = graph.constant(BigInt64Array.of(0n), []);
  return graph.node("Range", [start, end, graph.constant(BigInt64Array.of(1n), [])], {}, [type])[0]!;
}
