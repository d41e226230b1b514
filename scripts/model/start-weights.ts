import type { Passage } from "../../src/learning/passages.ts";
import { noWord } from "../../src/learning/passages.ts";
import type { Random } from "../../src/numbers/random.ts";
import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import type { ModelDirectory } from "../../src/plm/files/model-directory.ts";
import { encoderTensors, mlmHeadTensors, sentimentHeadTensors } from "../../src/plm/files/tensor-shapes.ts";
import { offsetsName } from "./multi-task-graphs.ts";

export type Weights = Record<string, Float32Array>;

export interface StartOptions {
  /** Training text, for the frequencies of words. */
  readonly text: readonly Passage[];
  /** How many labelled sets there are. */
  readonly sets: number;
  readonly random: Random;
}

/**
 * The shape of what is built: that of the start weights, with a head for tone of location and scale, and emoji read
 * as their names.
 */
export function builtConfig(source: ModelConfig): ModelConfig {
  return { ...source, tone_head: "location_scale", names_emoji: true };
}

/**
 * What the build starts from: the encoder as it is; a masked-LM head whose dense layer is the identity
 * and whose bias is the log frequency of each token in the training text; a small random sentiment head
 * with thresholds around zero. Heads that the source has are not used: the shipped ones are made here.
 */
export function startWeights(
  source: ModelDirectory,
  config: ModelConfig,
  { text, sets, random }: StartOptions,
): Weights {
  const weights: Weights = {};
  for (const name of encoderTensors(config).keys()) {
    weights[name] = source.tensor(name).data;
  }
  for (const [name, shape] of mlmHeadTensors(config)) {
    weights[name] = startOfMlmHead(name, shape);
  }
  weights["cls.predictions.bias"] = logFrequencies(text, config.vocab_size);
  for (const [name, shape] of sentimentHeadTensors(config)) {
    const values = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
    weights[name] = name.endsWith(".weight") ? values.map(() => 0.02 * random.normal()) : values;
  }
  // Second threshold −1, and distances of softplus(1.85) = 2 between the thresholds.
  weights["sentiment.thresholds"] = Float32Array.of(-1, 1.85, 1.85, 1.85);
  weights[offsetsName] = new Float32Array((sets - 1) * 4);
  return weights;
}

function startOfMlmHead(name: string, shape: readonly number[]): Float32Array {
  const values = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
  if (name.endsWith("LayerNorm.weight")) {
    return values.fill(1);
  }
  if (name.endsWith("dense.weight")) {
    const size = shape[0]!;
    return values.map((_, at) => (at % (size + 1) === 0 ? 1 : 0));
  }
  return values;
}

/** ln of each token's share of the text, with half a count added to each. */
function logFrequencies(text: readonly Passage[], vocabularySize: number): Float32Array {
  const counts = new Float64Array(vocabularySize).fill(0.5);
  for (const { ids, words } of text) {
    for (let at = 0; at < ids.length; at++) {
      if (words[at] !== noWord) {
        counts[ids[at]!]! += 1;
      }
    }
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Float32Array.from(counts, (count) => Math.log(count / total));
}
