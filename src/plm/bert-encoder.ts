import type { Dimension } from "../graph/dimension.ts";
import {
  add,
  attention,
  concat,
  expand,
  flattenRows,
  gather,
  gelu,
  mul,
  reshape,
  sub,
  transpose,
  unsqueeze,
} from "../graph/operations.ts";
import type { Value } from "../graph/value.ts";
import { linear, normalize, type WeightSource } from "./affine.ts";
import { embed } from "./embeddings.ts";
import type { EncoderInputs } from "./encoder-inputs.ts";
import type { ModelConfig } from "./model-config.ts";

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
