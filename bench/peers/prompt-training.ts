import { tunedMaskedLm } from "../../src/learning/objectives/masked-lm-objective.ts";
import type { TrainingGraph } from "../../src/learning/training-session.ts";
import type { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { promptTuning } from "../../src/prompts/prompt-tuning.ts";
import type { SoftPrompts } from "../../src/prompts/soft-prompts.ts";
import type { Products } from "../contestant.ts";

/** The masked-LM loss with the prompts alone trained, as `promptParameters` names them. */
export function promptTraining(
  model: PretrainedModel,
  prompts: SoftPrompts,
  products: Products,
): TrainingGraph {
  return { ...tunedMaskedLm({ model, tuning: allTrained(prompts), products }), outputs: {} };
}

/** Copies of the prompts, to be trained. */
export function promptParameters(prompts: SoftPrompts): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(allTrained(prompts).values.map(({ name, start }) => [name, start()]));
}

const allTrained = (shared: SoftPrompts) => promptTuning({ shared, trains: "shared" });
