import { tanh } from "../../graph/operators/activations.ts";
import { add, mul } from "../../graph/operators/arithmetic.ts";
import { zeros } from "../../graph/operators/constants.ts";
import { exp } from "../../graph/operators/functions.ts";
import { concat, gather } from "../../graph/operators/indexing.ts";
import { reduceMean } from "../../graph/operators/reductions.ts";
import type { Value } from "../../graph/value.ts";
import type { EncoderInputs } from "../../plm/encoder/encoder-inputs.ts";
import { linearLayer, type WeightSource } from "../../plm/encoder/layers.ts";
import { ascending, pooledFeatures, storedThresholds } from "./ordinal-head.ts";

/** What the head says of each sequence, [batch, 1] each. */
export interface LocationScale {
  /** μ, the latent valence: unbounded, the more positive the better the tone. */
  readonly location: Value;
  /** s > 0: how far the classes lie apart for this text. Small where a text is clear, neutral ones among them. */
  readonly scale: Value;
}

/** |ln s| stays below this: a scale that ran off to 0 would be sure of everything, and its gradient gone. */
const largestLogScale = 2;

/**
 * A head with a scale of its own for each text (a location-scale ordinal model: McCullagh 1980, section 6.1): with
 * h = gelu(W·[CLS; mean] + b) the location is μ = w·h + c and ln s = 2·tanh((u·h + e)/2), so that
 * P(above k) = σ((μ − τₖ)/s). With one scale for all, neutral lies between two fixed thresholds and its share has an
 * upper end; here it can come near 1.
 */
export function locationScale(weights: WeightSource, rows: Value, inputs: EncoderInputs): LocationScale {
  const features = pooledFeatures(weights, rows, inputs);
  const spread = linearLayer(weights, "sentiment.spread", features, 1);
  const logScale = mul(tanh(mul(spread, 1 / largestLogScale)), largestLogScale);
  return { location: linearLayer(weights, "sentiment.valence", features, 1), scale: exp(logScale) };
}

/**
 * Thresholds of each text's own set, [batch, 4], ascending. Annotators of different sets draw the lines between
 * classes differently, so each set may move the stored thresholds by δ, a row of `offsets` [sets − 1, 4]; set 0 is
 * the one that readings follow and has none. `sets` [batch] are numbers of sets.
 */
export function thresholdsOfSets(weights: WeightSource, offsets: Value, sets: Value): Value {
  const rows = concat([zeros(offsets.graph, [1, 4]), offsets], 0);
  return ascending(add(storedThresholds(weights), gather(rows, sets)));
}

/** Mean of δ²: what pulls the offsets of the sets to zero. */
export function offsetPenalty(offsets: Value): Value {
  return reduceMean(mul(offsets, offsets), [0, 1]);
}
