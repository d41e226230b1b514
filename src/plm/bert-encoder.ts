import type { Shape } from "../graph/dimension.ts";
import {
  add,
  concat,
  expand,
  flattenRows,
  gather,
  gelu,
  gemm,
  layerNormalization,
  matMul,
  mul,
  reshape,
  slice,
  softmax,
  sub,
  transpose,
  unsqueeze,
} from "../graph/operations.ts";
import type { Value } from "../graph/value.ts";
import type { ModelConfig } from "./model-config.ts";

/** Hands out weights by their Hugging Face name: as frozen weights, as inputs to be trained, or mixed. */
export type WeightSource = (name: string, shape: readonly number[]) => Value;

export interface EncoderInputs {
  /** Token ids, [batch, length], integers. */
  readonly ids: Value;
  /** 1 where there is a token, 0 for padding; [batch, length], float32. */
  readonly mask: Value;
}

/**
 * What joins the keys and values of one layer: hidden states [p, d] that every sequence of the batch
 * attends to, or `undefined` for a layer without. They are not queries and shift no positions.
 */
export type LayerPrompts = (layer: number) => Value | undefined;

/** The hidden states of an encoder; rows of all sequences one below the other. */
export interface EncoderOutput {
  /** Last hidden states, [batch·length, d]. */
  readonly rows: Value;
  /** The input of each layer, [batch·length, d], embeddings first; real-text prompts start from these. */
  readonly layerInputs: readonly Value[];
}

/**
 * A BERT encoder (Devlin et al. 2019) as graph nodes: post-layer-norm blocks, exact GELU, learned
 * positions from 0, token type 0. Linear weights keep the [out, in] layout of their files, so
 * y = x·Wᵀ + b is one Gemm forward and none of its gradients needs a transposed copy. With prompts,
 * K = [P; H]·W_Kᵀ + b_K and likewise V (method of multi-layer prompts: Liu et al. 2022, P-tuning v2,
 * arXiv 2110.07602). Without them the encoder is unchanged.
 */
export function bertEncoder(
  config: ModelConfig,
  weights: WeightSource,
  inputs: EncoderInputs,
  prompts: LayerPrompts = () => undefined,
): EncoderOutput {
  const layerInputs: Value[] = [];
  let hidden = embed(config, weights, inputs);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    layerInputs.push(hidden);
    hidden = block(config, weights, hidden, inputs, layer, prompts(layer));
  }
  return { rows: hidden, layerInputs };
}

function embed(config: ModelConfig, weights: WeightSource, { ids }: EncoderInputs): Value {
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

function block(
  config: ModelConfig,
  weights: WeightSource,
  hidden: Value,
  inputs: EncoderInputs,
  layer: number,
  prompt: Value | undefined,
): Value {
  const name = `encoder.layer.${layer}`;
  const context = attention(config, weights, `${name}.attention.self`, hidden, inputs, prompt);
  const { hidden_size: d, intermediate_size: intermediate } = config;
  const attended = normalize(
    config,
    weights,
    `${name}.attention.output.LayerNorm`,
    add(linear(weights, `${name}.attention.output.dense`, context, d), hidden),
  );
  const inner = gelu(linear(weights, `${name}.intermediate.dense`, attended, intermediate));
  const output = add(linear(weights, `${name}.output.dense`, inner, d), attended);
  return normalize(config, weights, `${name}.output.LayerNorm`, output);
}

/** Scaled dot-product attention over h heads of size dh = d / h; [B·S, d] to [B·S, d]. */
function attention(
  config: ModelConfig,
  weights: WeightSource,
  name: string,
  hidden: Value,
  { ids, mask }: EncoderInputs,
  prompt: Value | undefined,
): Value {
  const { hidden_size: d, num_attention_heads: heads } = config;
  const [batch, length] = ids.type.shape;
  const split: Shape = [batch!, length!, heads, d / heads];
  const project = (part: string, rows: Value): Value => linear(weights, `${name}.${part}`, rows, d);

  const query = mul(project("query", hidden), 1 / Math.sqrt(d / heads));
  const q = transpose(reshape(query, split), [0, 2, 1, 3]); // [B, h, S, dh]
  let k = transpose(reshape(project("key", hidden), split), [0, 2, 3, 1]); // [B, h, dh, S]
  let v = transpose(reshape(project("value", hidden), split), [0, 2, 1, 3]); // [B, h, S, dh]
  let seen = mask;
  if (prompt !== undefined) {
    const p = prompt.type.shape[0]!;
    const promptHeads: Shape = [p, heads, d / heads];
    const pk = transpose(reshape(project("key", prompt), promptHeads), [1, 2, 0]); // [h, dh, p]
    const pv = transpose(reshape(project("value", prompt), promptHeads), [1, 0, 2]); // [h, p, dh]
    k = concat([expand(pk, [batch!, heads, d / heads, p]), k], 3); // [B, h, dh, p+S]
    v = concat([expand(pv, [batch!, heads, p, d / heads]), v], 2); // [B, h, p+S, dh]
    const always = mask.graph.constant(new Float32Array(Number(p)).fill(1), [1, Number(p)]);
    seen = concat([expand(always, [batch!, p]), mask], 1);
  }
  const penalty = mul(unsqueeze(sub(seen, 1), [1, 2]), 10_000); // 0 or −10⁴, [B, 1, 1, p+S]
  const shares = softmax(add(matMul(q, k), penalty)); // [B, h, S, p+S]
  return reshape(transpose(matMul(shares, v), [0, 2, 1, 3]), hidden.type.shape);
}

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
