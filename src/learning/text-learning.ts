import type { Tuning, ValueOwner } from "../prompts/tuning.ts";
import { NoExamplesError } from "./errors.ts";
import type { Learnable, Objective } from "./objectives/objective.ts";
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
export interface ReadingOptions {
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
    reading: ReadingOptions,
  ) => Promise<Figures>;
}

export interface Learned<Figures extends HeldOutFigures> {
  /** Of the epoch with the lowest held-out loss. */
  readonly values: TunedValues;
  readonly curve: readonly LearningPoint<Figures>[];
  readonly steps: number;
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
    };
  }

  /** A training that goes on step by step, from the start or from a state of one like it. */
  start(
    { examples, heldOut = [], values }: TextData<Item>,
    options: TrainingOptions,
    state?: TunedTrainingState<Figures>,
  ): TunedTraining<Item, Figures> {
    if (examples.length === 0) {
      throw new NoExamplesError();
    }
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
    reading: ReadingOptions = {},
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
