import type { Dimension } from "../graph/dimension.ts";
import {
  add,
  attention,
  concat,
  expand,
  flattenRows,
  gather,
  gelu,
  gemm,
  layerNormalization,
  mul,
  reshape,
  slice,
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
  /** The places whose last hidden states are asked for; all if absent. */
  readonly picked?: PickedPlaces;
}

/**
 * Some places of each sequence. In the last layer every place is a key and a value, but only these are
 * queries and go on from there. The others' last states would not be read, so nothing is lost.
 */
export interface PickedPlaces {
  /** Row numbers in [0, batch·length), equally many for each sequence: [batch, picked]. Repeats fill up. */
  readonly rows: Value;
  /** Which of these are meant, as numbers in [0, batch·picked): [meant]. */
  readonly meant: Value;
}

/**
 * What joins the keys and values of one layer: hidden states [p, d] that every sequence of the batch
 * attends to, or `undefined` for a layer without. They are not queries and shift no positions.
 */
export type LayerPrompts = (layer: number) => Value | undefined;

/** The hidden states of an encoder; rows of all sequences one below the other. */
export interface EncoderOutput {
  /** Last hidden states, [batch·length, d]; of the picked places, [meant, d]. */
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
  const { hidden_size: d, intermediate_size: intermediate, num_hidden_layers: layers } = config;
  const picked = layer === layers - 1 ? inputs.picked : undefined;
  const queries = picked === undefined ? hidden : flattenRows(gather(hidden, picked.rows));
  const meant = (rows: Value): Value => (picked === undefined ? rows : gather(rows, picked.meant));
  const context = attend(config, weights, `${name}.attention.self`, { queries, hidden }, inputs, prompt);
  const attended = normalize(
    config,
    weights,
    `${name}.attention.output.LayerNorm`,
    add(linear(weights, `${name}.attention.output.dense`, meant(context), d), meant(queries)),
  );
  const inner = gelu(linear(weights, `${name}.intermediate.dense`, attended, intermediate));
  const output = add(linear(weights, `${name}.output.dense`, inner, d), attended);
  return normalize(config, weights, `${name}.output.LayerNorm`, output);
}

/** Multi-head attention of the queries [B·Q, d] to the hidden states [B·S, d]; [B·Q, d]. */
function attend(
  config: ModelConfig,
  weights: WeightSource,
  name: string,
  { queries, hidden }: Readonly<Record<"queries" | "hidden", Value>>,
  { ids, mask, picked }: EncoderInputs,
  prompt: Value | undefined,
): Value {
  const { hidden_size: d, num_attention_heads: heads } = config;
  const [batch, length] = ids.type.shape;
  const [, asked] = queries === hidden ? ids.type.shape : picked!.rows.type.shape;
  const project = (part: string, rows: Value): Value => linear(weights, `${name}.${part}`, rows, d);
  const states = [
    reshape(project("query", queries), [batch!, asked!, d]),
    reshape(project("key", hidden), [batch!, length!, d]),
    reshape(project("value", hidden), [batch!, length!, d]),
  ] as const;
  if (prompt === undefined) {
    return flattenRows(attention(states, heads, penalty(mask, asked!)));
  }
  const p = Number(prompt.type.shape[0]);
  const byHead = (rows: Value): Value =>
    expand(transpose(reshape(rows, [p, heads, d / heads]), [1, 0, 2]), [batch!, heads, p, d / heads]);
  const past = { keys: byHead(project("key", prompt)), values: byHead(project("value", prompt)) };
  const always = mask.graph.constant(new Float32Array(p).fill(1), [1, p]);
  const seen = concat([expand(always, [batch!, p]), mask], 1);
  return flattenRows(attention(states, heads, penalty(seen, asked!), past));
}

/** What is added to the scores of each query: 0 for a token, −10⁴ for padding; [B, L] to [B, 1, Q, L]. */
function penalty(seen: Value, queries: Dimension): Value {
  const [batch, all] = seen.type.shape;
  return expand(unsqueeze(mul(sub(seen, 1), 10_000), [1, 2]), [batch!, 1, queries, all!]);
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
