import { encoderTensors } from "../../plm/files/tensor-shapes.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { changeWeights, type TunedValue, type Tuning } from "../../prompts/tuning.ts";

export interface WeightTuningOptions {
  /** Whether word, position and type embeddings learn, too; true if absent. Theirs are the largest gradients. */
  readonly embeddings?: boolean;
  /** The first layer that learns; 0 if absent. */
  readonly lowestLayer?: number;
}

/**
 * Full fine-tuning: the encoder's own weights learn, from where pretraining left them. They are
 * everyone's: a copy of the model for each writer is what the other methods avoid. Values go by the
 * tensors' names.
 */
export function weightTuning(model: PretrainedModel, options: WeightTuningOptions = {}): Tuning {
  const { embeddings = true, lowestLayer = 0 } = options;
  const isTrained = (name: string): boolean => {
    const layer = /^encoder\.layer\.(\d+)\./.exec(name)?.[1];
    return layer === undefined ? embeddings : Number(layer) >= lowestLayer;
  };
  const tensors = [...encoderTensors(model.config)].filter(([name]) => isTrained(name));
  const names = new Set(tensors.map(([name]) => name));
  return {
    method: "full fine-tuning",
    values: tensors.map(
      ([name, shape]): TunedValue => ({
        name,
        shape,
        group: "weight",
        owner: "everyone",
        start: () => model.directory.tensor(name).data.slice(),
      }),
    ),
    mixesWriters: true,
    enter: ({ weights, value }) => ({
      additions: {},
      weights: changeWeights(weights, (name) => names.has(name), value),
    }),
  };
}
