import {
  type MaskableText,
  maskedLmObjective,
  type ObjectiveOptions,
} from "../../learning/objectives/masked-lm-objective.ts";
import type { Learnable, Objective } from "../../learning/objectives/objective.ts";
import { type ReadingOptions, TextLearning } from "../../learning/text-learning.ts";
import type { HeldOutFigures } from "../../learning/training-loop.ts";
import type { TunedModel } from "../../learning/tuned-encoder.ts";
import type { TunedParameters } from "../../learning/tuned-parameters.ts";
import { createRandom } from "../../numbers/random.ts";

/** Mean loss of held-out texts in nats, and further figures by name. */
export interface TextFigures extends HeldOutFigures {
  readonly [figure: string]: number;
}

export interface ObjectiveLearningOptions extends TunedModel, Omit<ObjectiveOptions, "weight"> {}

/** Masked words with any way of tuning; figures `loss` and `top1`, the share of words guessed right. */
export function maskedLmLearning(options: ObjectiveLearningOptions): TextLearning<MaskableText, TextFigures> {
  return objectiveLearning(options, maskedLmObjective(options, options));
}

/** One objective with any way of tuning, measured by its own figures. */
export function objectiveLearning<Item extends Learnable>(
  { tuning, trains }: ObjectiveLearningOptions,
  objective: Objective<Item>,
): TextLearning<Item, TextFigures> {
  return new TextLearning({
    tuning,
    trains,
    objectives: [objective],
    measure: (items, parameters, reading) => measureObjective(objective, items, parameters, reading),
  });
}

/**
 * Figures of an objective on texts: means over what its runs' shares count. What is drawn at random, such as
 * the hidden words, depends on the texts alone, so all values are measured on the same.
 */
async function measureObjective<Item extends Learnable>(
  objective: Objective<Item>,
  items: readonly Item[],
  parameters: TunedParameters,
  { strength = 1, breathe = async () => undefined }: ReadingOptions = {},
): Promise<TextFigures> {
  const sums: Record<string, number> & { loss: number } = { loss: 0 };
  for (const run of await objective.runs(items, createRandom("held-out"), breathe)) {
    await breathe();
    const strengths = run.items.map(() => strength);
    const figures = await objective.measure({ ...run.feeds, ...parameters.feeds(run.items, strengths) });
    for (const [name, figure] of Object.entries(figures)) {
      sums[name] = (sums[name] ?? 0) + run.share * figure;
    }
  }
  return sums;
}
