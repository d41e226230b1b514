import type { ModelConfig } from "../../plm/files/model-config.ts";
import { mlmHeadTensors } from "../../plm/files/tensor-shapes.ts";
import { changeWeights, type TunedValue, type Tuning } from "../../prompts/tuning.ts";

/**
 * A masked-LM head for a model that has none, such as an ELECTRA discriminator: dense map, layer
 * normalisation and a decoder that is tied to the word embeddings. It starts as the identity, so that a
 * token's state meets the embeddings as it is, and has to be trained before it says anything. Everyone's;
 * values go by the tensors' names.
 */
export function maskedLmHeadTuning(config: ModelConfig): Tuning {
  const tensors = [...mlmHeadTensors(config)];
  const names = new Set(tensors.map(([name]) => name));
  return {
    method: "a new masked-LM head",
    values: tensors.map(
      ([name, shape]): TunedValue => ({
        name,
        shape,
        group: "head",
        owner: "everyone",
        start: () => identityOrZero(name, shape),
      }),
    ),
    mixesWriters: true,
    enter: ({ weights, value }) => ({
      additions: {},
      weights: changeWeights(weights, (name) => names.has(name), value),
    }),
  };
}

function identityOrZero(name: string, [rows = 0, columns]: readonly number[]): Float32Array {
  if (columns !== undefined) {
    return Float32Array.from({ length: rows * columns }, (_, at) => (at % (columns + 1) === 0 ? 1 : 0));
  }
  return new Float32Array(rows).fill(name.endsWith("LayerNorm.weight") ? 1 : 0);
}
