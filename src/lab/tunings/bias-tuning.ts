import type { ModelConfig } from "../../plm/files/model-config.ts";
import { encoderTensors } from "../../plm/files/tensor-shapes.ts";
import type { Tuning, ValueOwner } from "../../prompts/tuning.ts";
import { weightChanges } from "../../prompts/weight-changes.ts";

/**
 * BitFit (Ben Zaken, Goldberg and Ravfogel 2022, arXiv 2106.10199): every bias of the encoder learns, those
 * of layer normalisation among them, as a change that starts at zero. Values: `change <tensor>`, [n].
 * @param owner the writer's if absent; everyone's is the model 'updated along'.
 */
export function biasTuning(config: ModelConfig, owner: ValueOwner = "writer"): Tuning {
  const tensors = [...encoderTensors(config)].filter(([name]) => name.endsWith(".bias"));
  return weightChanges({ method: "BitFit", tensors, group: "bias", owner });
}
