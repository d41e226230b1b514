import type { Dimension } from "../../graph/dimension.ts";
import { addDimensions } from "../../graph/dimension.ts";
import { add, mul, sub } from "../../graph/operators/arithmetic.ts";
import { attention, attentionOfShares, type PastKeysAndValues } from "../../graph/operators/attention.ts";
import { concat, gather, slice } from "../../graph/operators/indexing.ts";
import { expand, flattenRows, reshape, transpose, unsqueeze } from "../../graph/operators/views.ts";
import type { Value } from "../../graph/value.ts";
import type { ModelConfig } from "../files/model-config.ts";
import { embed } from "./embed.ts";
import type { EncoderAdditions } from "./encoder-additions.ts";
import type { EncoderInputs, PickedPlaces } from "./encoder-inputs.ts";
import { activate, inFull, linearLayer, normLayer, type WeightSource } from "./layers.ts";

/** The hidden states of an encoder; rows of all sequences one below the other. */
export interface EncoderOutput {
  /** Last hidden states, [batch·length, d]; of the picked places, [meant, d]. */
  readonly rows: Value;
  /**
   * The input of each layer, [batch·length, d], embeddings first; real-text prompts start from these.
   * With an input prompt its p rows stand before each sequence, [batch·(p + length), d].
   */
  readonly layerInputs: readonly Value[];
}

/**
 * A BERT encoder (Devlin et al. 2019) as graph nodes: post-layer-norm blocks, learned
 * positions, token type 0. All families have this form (tensor-names.ts). Linear weights keep the [out, in] layout of their files, so
 * y = x·Wᵀ + b is one Gemm forward and none of its gradients needs a transposed copy. With prompts,
 * K = [P; H]·W_Kᵀ + b_K and likewise V (method of multi-layer prompts: Liu et al. 2022, P-tuning v2,
 * arXiv 2110.07602). Without additions the encoder is unchanged.
 */
export function bertEncoder(
  config: ModelConfig,
  weights: WeightSource,
  inputs: EncoderInputs,
  additions: EncoderAdditions = {},
): EncoderOutput {
  const embedded = embed(config, weights, inputs);
  const states = withInputPrompt(additions.embedded?.(embedded) ?? embedded, inputs, additions.inputPrompt);
  const parts: EncoderParts = { config, weights, additions, states };
  const layerInputs: Value[] = [];
  let hidden = states.rows;
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    layerInputs.push(hidden);
    hidden = block(parts, hidden, layer, inputs.picked);
  }
  return { rows: hidden, layerInputs };
}

/** What goes through the layers: the tokens, and before them the p rows of an input prompt. */
interface States {
  /** [batch·all, d] with all = p + length. */
  readonly rows: Value;
  readonly batch: Dimension;
  readonly all: Dimension;
  /** 1 where there is something to attend to; [batch, all]. */
  readonly mask: Value;
  /** p; 0 without an input prompt. */
  readonly before: number;
}

interface EncoderParts {
  readonly config: ModelConfig;
  readonly weights: WeightSource;
  readonly additions: EncoderAdditions;
  readonly states: States;
}

function withInputPrompt(rows: Value, { ids, mask }: EncoderInputs, prompt: Value | undefined): States {
  const [batch, length] = ids.type.shape;
  if (prompt === undefined) {
    return { rows, batch: batch!, all: length!, mask, before: 0 };
  }
  const [p, d] = prompt.type.shape.slice(-2).map(Number);
  const front = prompt.type.shape.length === 2 ? expand(prompt, [batch!, p!, d!]) : prompt;
  const joined = concat([front, reshape(rows, [batch!, length!, d!])], 1);
  return {
    rows: flattenRows(joined),
    batch: batch!,
    all: addDimensions(p!, length!),
    mask: concat([alwaysSeen(mask, p!), mask], 1),
    before: p!,
  };
}

/** The hidden states that go on from the last layer: of tokens only, of the picked ones if some are. */
interface Queries {
  /** [batch·asked, d]. */
  readonly rows: Value;
  readonly asked: Dimension;
  /** Leaves out the rows that only fill up. */
  readonly meant: (rows: Value) => Value;
}

function queriesOf(
  { config, states }: EncoderParts,
  hidden: Value,
  layer: number,
  picked?: PickedPlaces,
): Queries {
  const { batch, all, before } = states;
  const isLast = layer === config.num_hidden_layers - 1;
  if (!isLast || (before === 0 && picked === undefined)) {
    return { rows: hidden, asked: all, meant: (rows) => rows };
  }
  const tokens =
    before === 0 ? hidden : flattenRows(slice(reshape(hidden, [batch, all, config.hidden_size]), 1, before));
  return picked === undefined
    ? { rows: tokens, asked: addDimensions(all, -before), meant: (rows) => rows }
    : {
        rows: flattenRows(gather(tokens, picked.rows)),
        asked: picked.rows.type.shape[1]!,
        meant: (rows) => gather(rows, picked.meant),
      };
}

function block(parts: EncoderParts, hidden: Value, layer: number, picked: PickedPlaces | undefined): Value {
  const { config, weights, additions } = parts;
  const { hidden_size: d, intermediate_size: intermediate } = config;
  const name = `encoder.layer.${layer}`;
  const adapt = additions.adapt ?? ((_layer, _part, rows) => rows);
  const queries = queriesOf(parts, hidden, layer, picked);
  const { meant } = queries;
  const context = attend(parts, layer, queries, hidden);
  const attended = normLayer(
    config,
    weights,
    `${name}.attention.output.LayerNorm`,
    add(
      adapt(layer, "attention", affine(parts, `${name}.attention.output.dense`, meant(context), d)),
      meant(queries.rows),
    ),
  );
  const inner = activate(config, affine(parts, `${name}.intermediate.dense`, attended, intermediate));
  const output = adapt(layer, "feedForward", affine(parts, `${name}.output.dense`, inner, d));
  return normLayer(config, weights, `${name}.output.LayerNorm`, add(output, attended));
}

/** Multi-head attention of the queries [B·Q, d] to the hidden states [B·S, d]; [B·Q, d]. */
function attend(parts: EncoderParts, layer: number, queries: Queries, hidden: Value): Value {
  const { config, additions, states } = parts;
  const { hidden_size: d, num_attention_heads: heads } = config;
  const { batch, all, mask } = states;
  const project = (part: string, rows: Value, { weights } = parts): Value =>
    affine({ ...parts, weights }, `encoder.layer.${layer}.attention.self.${part}`, rows, d);
  const projected = [
    reshape(project("query", queries.rows), [batch, queries.asked, d]),
    reshape(project("key", hidden), [batch, all, d]),
    reshape(project("value", hidden), [batch, all, d]),
  ] as const;
  const { attended } = additions;
  const attending = (seen: Value, past?: PastKeysAndValues): Value => {
    const hiding = penalty(seen, queries.asked);
    return flattenRows(
      attended === undefined
        ? attention(projected, heads, hiding, past)
        : attentionOfShares(projected, heads, hiding, (shares) => attended(layer, shares), past),
    );
  };
  const prompt = additions.prompts?.(layer);
  if (prompt === undefined) return attending(mask);
  const p = Number(prompt.type.shape.at(-2));
  // Prompts are few and learned, so their own keys and values are never rounded.
  const exactly = { ...parts, weights: inFull(parts.weights) };
  const byHead = (part: string): Value => {
    const rows = project(part, flattenRows(prompt), exactly);
    return prompt.type.shape.length === 2
      ? expand(transpose(reshape(rows, [p, heads, d / heads]), [1, 0, 2]), [batch, heads, p, d / heads])
      : transpose(reshape(rows, [batch, p, heads, d / heads]), [0, 2, 1, 3]);
  };
  const past = { keys: byHead("key"), values: byHead("value") };
  return attending(concat([alwaysSeen(mask, p), mask], 1), past);
}

function affine({ weights, additions }: EncoderParts, name: string, rows: Value, out: number): Value {
  const result = linearLayer(weights, name, rows, out);
  return additions.adjust?.(name, rows, result) ?? result;
}

/** A mask of ones for p places before those of `mask` [B, S]; [B, p]. */
function alwaysSeen(mask: Value, p: number): Value {
  const always = mask.graph.constant(new Float32Array(p).fill(1), [1, p]);
  return expand(always, [mask.type.shape[0]!, p]);
}

/** What is added to the scores of each query: 0 for a token, −10⁴ for padding; [B, L] to [B, 1, Q, L]. */
function penalty(seen: Value, queries: Dimension): Value {
  const [batch, all] = seen.type.shape;
  return expand(unsqueeze(mul(sub(seen, 1), 10_000), [1, 2]), [batch!, 1, queries, all!]);
}
