import { add } from "../../graph/operators/arithmetic.ts";
import type { ModelConfig } from "../../plm/files/model-config.ts";
import { changeWeights, type Numbers, type Tuning, zeroValue } from "../../prompts/tuning.ts";
import { vocabularyBias } from "./weight-changes.ts";

const name = "marginals";

/**
 * Rescales each word of the vocabulary by how often the writer uses it against how often the model expects
 * it: p(w | context) ∝ α(w) · p(w | context), as language models are adapted with dynamic marginals (Kneser,
 * Peters and Klakow 1997). The scales are counted (`logMarginals`), not learned: what else is tuned learns
 * beside them. Value: `marginals`, log α, [vocabulary].
 */
export function marginalTuning({ vocab_size: size }: Pick<ModelConfig, "vocab_size">): Tuning {
  return {
    method: "word frequencies",
    values: [zeroValue({ name, shape: [size], group: "counted", owner: "writer" })],
    mixesWriters: false,
    enter: ({ weights, value, strengthen }) => ({
      additions: {},
      weights: changeWeights(
        weights,
        (tensor) => tensor === vocabularyBias,
        (tensor, shape) => add(weights(tensor, shape), strengthen(value(name))),
      ),
    }),
  };
}

/** How much a count is held against its expectation: as if so many more uses had come as expected. */
const priorCount = 1;
/**
 * Below 1 since the model has guessed part of it from the context, and words come in bursts. Measured on
 * four blogs (docs/decisions.md).
 */
const exponent = 0.7;

/**
 * Log of the scales. A word's count is taken as Poisson distributed around a multiple of its expectation,
 * the multiples over all words as Gamma distributed around 1 (DuMouchel 1999): the posterior mean is
 * (count + a) / (expected + a).
 * @param counts uses of each word, [vocabulary]
 * @param shares what the model expects of a use, [vocabulary], together 1
 */
export function logMarginals(counts: ArrayLike<number>, shares: ArrayLike<number>): Float32Array {
  let total = 0;
  for (let word = 0; word < counts.length; word++) total += counts[word]!;
  return Float32Array.from(counts, (count, word) =>
    total === 0 ? 0 : exponent * Math.log((count + priorCount) / (total * shares[word]! + priorCount)),
  );
}

/** A writer's counted scales as values of the tuning. */
export function marginalValues(marginals: Float32Array): Numbers {
  return { [name]: marginals };
}
