import { add } from "../../graph/operators/arithmetic.ts";
import { range } from "../../graph/operators/constants.ts";
import { gather, slice } from "../../graph/operators/indexing.ts";
import { flattenRows, reshape } from "../../graph/operators/views.ts";
import type { Value } from "../../graph/value.ts";
import type { ModelConfig } from "../files/model-config.ts";
import type { EncoderInputs } from "./encoder-inputs.ts";
import { linearLayer, normLayer, tableRows, type WeightSource } from "./layers.ts";

/**
 * Sum of word, position and type embeddings, normalised; [batch·length, d]. Where embeddings are narrower
 * than hidden states (ELECTRA, Clark et al. 2020), a linear map widens them.
 */
export function embed(config: ModelConfig, weights: WeightSource, { ids }: EncoderInputs): Value {
  const { hidden_size: d, embedding_size: e, position_offset: offset } = config;
  const [, length] = ids.type.shape;
  const words = tableRows(weights, "embeddings.word_embeddings.weight", [config.vocab_size, e], ids);
  const rows = config.max_position_embeddings + offset;
  const positions = weights("embeddings.position_embeddings.weight", [rows, e]);
  const place = gather(positions, positionIds(ids, length!, offset)); // [S, e]
  const sum = add(withType(config, weights, words), place); // [B, S, e]
  const normalised = normLayer(config, weights, "embeddings.LayerNorm", flattenRows(sum));
  return e === d ? normalised : linearLayer(weights, "embeddings_project", normalised, d);
}

/** All tokens are of the first type: texts are read one at a time. */
function withType(config: ModelConfig, weights: WeightSource, words: Value): Value {
  const { type_vocab_size: types, embedding_size: e } = config;
  if (types === 0) return words;
  return add(words, slice(weights("embeddings.token_type_embeddings.weight", [types, e]), 0, 0, 1));
}

/**
 * offset … offset+length−1, at run time. Padding stands behind the tokens, so it shifts none of them; its own
 * position does not matter, since nothing attends to it.
 */
function positionIds(ids: Value, length: number | string, offset: number): Value {
  const { graph } = ids;
  const count = reshape(graph.runtimeShape([length]), []);
  const constant = (number: number): Value => graph.constant(BigInt64Array.of(BigInt(number)), []);
  const end = offset === 0 ? count : add(count, constant(offset));
  return range(constant(offset), end, length);
}
