import { add } from "../graph/operations.ts";
import type { ModelConfig } from "../plm/model-config.ts";
import { encoderTensors } from "../plm/model-tensors.ts";
import { changeWeights, type Tuning, type ValueOwner, zeroValue } from "./tuning.ts";

/**
 * BitFit (Ben Zaken, Goldberg and Ravfogel 2022, arXiv 2106.10199): every bias of the encoder learns, those
 * of layer normalisation among them, as a change that starts at zero. Values: `change <tensor>`, [n].
 * @param owner the writer's if absent; everyone's is the model 'updated along'.
 */
export function biasTuning(config: ModelConfig, owner: ValueOwner = "writer"): Tuning {
  const biases = [...encoderTensors(config)].filter(([name]) => name.endsWith(".bias"));
  const names = new Set(biases.map(([name]) => name));
  return {
    method: "BitFit",
    values: biases.map(([name, shape]) => zeroValue({ name: `change ${name}`, shape, group: "bias", owner })),
    mixesWriters: false,
    enter: ({ weights, value, strengthen }) => ({
      additions: {},
      weights: changeWeights(
        weights,
        (name) => names.has(name),
        (name, shape) => {
          const change = value(`change ${name}`);
          return add(weights(name, shape), owner === "writer" ? strengthen(change) : change);
        },
      ),
    }),
  };
}
