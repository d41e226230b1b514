import type { Value } from "../../graph/value.ts";

/**
 * What joins the keys and values of one layer: hidden states that are attended to, or `undefined` for a
 * layer without. [p, d] for all sequences of the batch, or [batch, p, d], each sequence its own. They
 * are not queries and shift no positions.
 */
export type LayerPrompts = (layer: number) => Value | undefined;

/** The two parts of a block whose result is added to what went into it. */
export type BlockPart = "attention" | "feedForward";

/** What ways of tuning and training put into an encoder. All absent: the encoder is the pretrained one, to the bit. */
export interface EncoderAdditions {
  readonly prompts?: LayerPrompts | undefined;
  /**
   * Stands before the embedded tokens and goes through all layers as tokens do, without a position; [p, d]
   * or [batch, p, d]. Its rows are not in the output.
   */
  readonly inputPrompt?: Value;
  /** Changes the embedded tokens, [n, d] to [n, d], before they go through the layers. */
  readonly embedded?: (rows: Value) => Value;
  /**
   * Changes the shares of attention of a layer before they weigh its values: [batch, heads, queries, keys] to the same.
   * Attention is slower with it.
   */
  readonly attended?: (layer: number, shares: Value) => Value;
  /** Changes what a part of a block gives, [n, d] to [n, d], before it is added to the part's input. */
  readonly adapt?: (layer: number, part: BlockPart, rows: Value) => Value;
  /**
   * Changes what a linear map of a block gives: `result` [n, out] of `rows` [n, in]. The name is that of the
   * map without `.weight`, such as `encoder.layer.0.attention.self.query`.
   */
  readonly adjust?: (name: string, rows: Value, result: Value) => Value;
}
