import { createRandom } from "../numbers/random.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { type Tuning, type TuningSize, tuningSize, type ValueOwner } from "../prompts/tuning.ts";
import {
  type MaskableText,
  maskedLmObjective,
  type ObjectiveOptions,
} from "./objectives/masked-lm-objective.ts";
import type { Learnable, Objective } from "./objectives/objective.ts";
import { replacedTokenObjective } from "./objectives/replaced-token-objective.ts";
import { TunedOptimiser } from "./optimiser/tuned-optimiser.ts";
import type { Breathe, HeldOutFigures, LearningPoint } from "./training-loop.ts";
import { TunedParameters, type TunedValues } from "./tuned-parameters.ts";
import {
  TunedTraining,
  type TunedTrainingState,
  type TuningOptions,
  tuningDefaults,
} from "./tuned-training.ts";

/** Options of one training; what is absent is as in `tuningDefaults`. */
export type TrainingOptions = Partial<TuningOptions> & Pick<TuningOptions, "seed">;

export interface TextData<Item extends Learnable> {
  readonly examples: readonly Item[];
  /** Decides when to stop and which epoch to keep. Without it all epochs are run. */
  readonly heldOut?: readonly Item[];
  /** Where training starts, such as a general model's values; untrained values if absent. */
  readonly values?: Partial<TunedValues>;
}

/** How texts are read. */
export interface Reading {
  /** Of the writers' own part: 0 reads as for an unknown writer, 1 as learned; 1 if absent. */
  readonly strength?: number;
  /** Awaited between runs of the model; a caller may cancel by throwing. */
  readonly breathe?: Breathe;
}

export interface TextLearningParts<Item extends Learnable, Figures extends HeldOutFigures> {
  readonly tuning: Tuning;
  /** Their losses, each times its weight, add up. */
  readonly objectives: readonly Objective<Item>[];
  /** Whose values learn; all if absent. */
  readonly trains?: ValueOwner | undefined;
  /** Figures of held-out texts. */
  readonly measure: (
    items: readonly Item[],
    parameters: TunedParameters,
    reading: Reading,
  ) => Promise<Figures>;
}

export interface Learned<Figures extends HeldOutFigures> {
  /** Of the epoch with the lowest held-out loss. */
  readonly values: TunedValues;
  readonly curve: readonly LearningPoint<Figures>[];
  readonly steps: number;
  readonly size: TuningSize;
}

/**
 * A way of tuning with what it learns from. Graphs are compiled once and serve any number of trainings;
 * values come in and go out. A writer's values belong to the writer whom a text names, so one run learns
 * those of many. `release` it.
 */
export class TextLearning<Item extends Learnable, Figures extends HeldOutFigures> {
  readonly #parts: TextLearningParts<Item, Figures>;

  constructor(parts: TextLearningParts<Item, Figures>) {
    this.#parts = parts;
  }

  /** Trains to the end. Between runs of the model it waits for `breathe`, where a caller may cancel by throwing. */
  async train(data: TextData<Item>, options: TrainingOptions, breathe?: Breathe): Promise<Learned<Figures>> {
    const training = this.start(data, options);
    await training.loop.finish(breathe);
    return {
      values: training.best,
      curve: training.curve,
      steps: training.loop.step,
      size: tuningSize(this.#parts.tuning),
    };
  }

  /** A training that goes on step by step, from the start or from a state of one like it. */
  start(
    { examples, heldOut = [], values }: TextData<Item>,
    options: TrainingOptions,
    state?: TunedTrainingState<Figures>,
  ): TunedTraining<Item, Figures> {
    const { tuning, objectives, trains, measure } = this.#parts;
    const all = { ...tuningDefaults, ...options };
    const parameters = new TunedParameters(tuning, state?.values ?? values, trains);
    const optimiser = new TunedOptimiser(tuning, parameters, all, trains);
    const measureHeldOut = async (breathe: Breathe): Promise<Figures | undefined> =>
      heldOut.length === 0 ? undefined : measure(heldOut, parameters, { breathe });
    return new TunedTraining(
      { parameters, optimiser, objectives, examples, measure: measureHeldOut },
      all,
      state,
    );
  }

  /** Figures of texts with given values, such as those of another training. */
  async measure(
    items: readonly Item[],
    values: Partial<TunedValues>,
    reading: Reading = {},
  ): Promise<Figures> {
    const parameters = new TunedParameters(this.#parts.tuning, values);
    return this.#parts.measure(items, parameters, reading);
  }

  /** Gives the native memory back; what is asked for later is compiled anew. */
  async release(): Promise<void> {
    for (const objective of this.#parts.objectives) {
      await objective.release();
    }
  }
}

/** Mean loss of held-out texts in nats, and further figures by name. */
export interface TextFigures extends HeldOutFigures {
  readonly [figure: string]: number;
}

export interface TextLearningOptions extends Omit<ObjectiveOptions, "weight"> {
  readonly model: PretrainedModel;
  readonly tuning: Tuning;
  readonly trains?: ValueOwner;
  /** As a TunedModel has it. */
  readonly products?: "rounded" | "full";
}

/** Masked words with any way of tuning; figures `loss` and `top1`, the share of words guessed right. */
export function maskedLmLearning(options: TextLearningOptions): TextLearning<MaskableText, TextFigures> {
  return textLearning(options, maskedLmObjective(options, options));
}

/** Replaced words, which `generator` puts in; figures `loss` and `accuracy`, the share of tokens judged right. */
export function replacedTokenLearning(
  options: TextLearningOptions & { readonly generator: PretrainedModel },
): TextLearning<MaskableText, TextFigures> {
  return textLearning(options, replacedTokenObjective(options, options));
}

function textLearning(
  { tuning, trains }: TextLearningOptions,
  objective: Objective<MaskableText>,
): TextLearning<MaskableText, TextFigures> {
  return new TextLearning({
    ...{ tuning, trains, objectives: [objective] },
    measure: (items, parameters, reading) => measureObjective(objective, items, parameters, reading),
  });
}

/**
 * Figures of an objective on texts: means over what its runs' shares count. What is drawn at random, such as
 * the hidden words, depends on the texts alone, so all values are measured on the same.
 */
export async function measureObjective<Item extends Learnable>(
  objective: Objective<Item>,
  items: readonly Item[],
  parameters: TunedParameters,
  { strength = 1, breathe = async () => undefined }: Reading = {},
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
