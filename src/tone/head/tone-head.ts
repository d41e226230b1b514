import { gelu, tanh } from "../../graph/operators/activations.ts";
import { add, mul } from "../../graph/operators/arithmetic.ts";
import { zeros } from "../../graph/operators/constants.ts";
import { exp } from "../../graph/operators/functions.ts";
import { concat, gather } from "../../graph/operators/indexing.ts";
import { reduceMean } from "../../graph/operators/reductions.ts";
import { reshape } from "../../graph/operators/views.ts";
import type { Value } from "../../graph/value.ts";
import type { EncoderInputs } from "../../plm/encoder/encoder-inputs.ts";
import { linearLayer, type WeightSource } from "../../plm/encoder/layers.ts";
import { pooledStates } from "../../plm/encoder/pooling.ts";
import type { ModelConfig } from "../../plm/files/model-config.ts";
import { sentimentHiddenSize } from "../../plm/files/tensor-shapes.ts";
import { ascendingThresholds, ordinalShares, tonePivot } from "../../plm/heads/ordinal.ts";

/** What a model's head says of each text, [batch, 1] each. */
export interface ToneLatents {
  /** μ, the latent valence: unbounded, the more positive the better the tone. */
  readonly location: Value;
  /**
   * s > 0: how far the classes lie apart for this text. Small where a text is clear, neutral ones among them. Absent where
   * one scale serves all texts.
   */
  readonly scale?: Value;
}

/** What a head makes of a text: its pooled states [batch, 2d], then the features [batch, 128] that its numbers come from. */
export type ToneHeadPart = "pooled" | "features";

/** |ln s| stays below this: a scale that ran off to 0 would be sure of everything, and its gradient gone. */
const largestLogScale = 2;

/**
 * Reads hidden states with the head that the model's config.json declares. With h = gelu(W·[CLS; mean] + b), [batch, 128],
 * the location is μ = w·h + c. A head of location and scale (a location-scale ordinal model: McCullagh 1980, section 6.1)
 * has ln s = 2·tanh((u·h + e)/2) beside it. With one scale for all, neutral lies between two fixed thresholds and its share
 * has an upper end; with a scale of the text it can come near 1. `change` changes the numbers of a part, to the same shape;
 * they stay as they are if it is absent.
 */
export function readToneHead(
  { tone_head }: Pick<ModelConfig, "tone_head">,
  weights: WeightSource,
  rows: Value,
  inputs: EncoderInputs,
  change: (part: ToneHeadPart, numbers: Value) => Value = (_, numbers) => numbers,
): ToneLatents {
  const pooled = change("pooled", pooledStates(rows, inputs));
  const features = change(
    "features",
    gelu(linearLayer(weights, "sentiment.dense", pooled, sentimentHiddenSize)),
  );
  const latent = (): Value => linearLayer(weights, "sentiment.valence", features, 1);
  switch (tone_head) {
    case "ordinal":
      return { location: latent() };
    case "location_scale": {
      const spread = linearLayer(weights, "sentiment.spread", features, 1);
      const logScale = mul(tanh(mul(spread, 1 / largestLogScale)), largestLogScale);
      return { location: latent(), scale: exp(logScale) };
    }
    default:
      return tone_head satisfies never;
  }
}

/** Shares of the five classes by the model's own thresholds, [batch, 5]. */
export function toneShares(
  config: Pick<ModelConfig, "tone_head">,
  weights: WeightSource,
  rows: Value,
  inputs: EncoderInputs,
): Value {
  const { location, scale } = readToneHead(config, weights, rows, inputs);
  return ordinalShares(location, toneThresholds(weights), scale);
}

/** The model's thresholds between five ordered classes, [1, 4]. */
export function toneThresholds(weights: WeightSource): Value {
  return ascendingThresholds(storedThresholds(weights), tonePivot);
}

const storedThresholds = (weights: WeightSource): Value =>
  reshape(weights("sentiment.thresholds", [4]), [1, 4]);

/**
 * Thresholds of each text's own set, [batch, 4], ascending. Annotators of different sets draw the lines between
 * classes differently, so each set may move the stored thresholds by δ, a row of `offsets` [sets − 1, 4]; set 0 is
 * the one that readings follow and has none. `sets` [batch] are numbers of sets.
 */
export function thresholdsOfSets(weights: WeightSource, offsets: Value, sets: Value): Value {
  const rows = concat([zeros(offsets.graph, [1, 4]), offsets], 0);
  return ascendingThresholds(add(storedThresholds(weights), gather(rows, sets)), tonePivot);
}

/** Mean of δ²: what pulls the offsets of the sets to zero. */
export function offsetPenalty(offsets: Value): Value {
  return reduceMean(mul(offsets, offsets), [0, 1]);
}
