import type { Value } from "../../graph/value.ts";
import type { EncoderInputs } from "../../plm/encoder/encoder-inputs.ts";
import type { WeightSource } from "../../plm/encoder/layers.ts";
import type { ModelConfig } from "../../plm/files/model-config.ts";
import { type LocationScale, locationScale } from "./location-scale-head.ts";
import { classProbabilities, latentValence, orderedThresholds } from "./ordinal-head.ts";

/** What a model's head says of each text; `scale` is absent where one scale serves all. */
export type ToneLatents = Pick<LocationScale, "location"> & Partial<LocationScale>;

/** Reads with the head that the model's config.json declares. */
export function toneLatents(
  { tone_head }: Pick<ModelConfig, "tone_head">,
  weights: WeightSource,
  rows: Value,
  inputs: EncoderInputs,
): ToneLatents {
  switch (tone_head) {
    case "ordinal":
      return { location: latentValence(weights, rows, inputs) };
    case "location_scale":
      return locationScale(weights, rows, inputs);
    default:
      return tone_head satisfies never;
  }
}

/** Probabilities of the five classes by the model's own thresholds, [batch, 5]. */
export function toneProbabilities(
  config: Pick<ModelConfig, "tone_head">,
  weights: WeightSource,
  rows: Value,
  inputs: EncoderInputs,
): Value {
  const { location, scale } = toneLatents(config, weights, rows, inputs);
  return classProbabilities(location, orderedThresholds(weights), scale);
}
