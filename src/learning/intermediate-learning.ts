import { createRandom } from "../numbers/random.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { promptTuning } from "../prompts/prompt-tuning.ts";
import { fromLayerViews, layerViews, personalPrompts, type SoftPrompts } from "../prompts/soft-prompts.ts";
import { forOneWriter } from "../prompts/tuning.ts";
import { makeBatches } from "./batching.ts";
import { type MaskedLmFigures, MaskedLmMeasure, maskedLmFigures } from "./masked-lm-measure.ts";
import { maskedLmObjective } from "./objectives/masked-lm-objective.ts";
import type { Objective } from "./objectives/objective.ts";
import type { AdamState } from "./optimiser/adam.ts";
import { TunedOptimiser } from "./optimiser/tuned-optimiser.ts";
import type { Passage } from "./passages.ts";
import type { LearningPoint, TrainingLoop, TrainingLoopState } from "./training-loop.ts";
import { soleWriter, TunedParameters, type TunedValues } from "./tuned-parameters.ts";
import { epochsFor, TunedTraining, tuningDefaults, tuningRates } from "./tuned-training.ts";

export interface IntermediateOptions {
  /** Highest learning rate of Adam; prompts need far more than fine-tuning does. */
  readonly peakRate: number;
  readonly warmupSteps: number;
  readonly epochs: number;
  /** Little text is read more often than `epochs` says, until there are so many steps. */
  readonly minimumSteps: number;
  /** Tokens, padding included, that one optimiser step sees. */
  readonly tokensPerStep: number;
  /** Tokens of one uninterrupted run; a step is cut into as many as it needs. */
  readonly tokensPerRun: number;
  /** Pulls the delta towards zero: the shared prompt. */
  readonly l2: number;
  /** Epochs without a lower held-out loss after which learning ends. */
  readonly patience: number;
  readonly seed: number | string;
  readonly threads: number;
}

/** Seed of the words that are hidden in held-out passages: the same in all epochs and runs. */
export const stoppingMasks = "stopping";

export const intermediateDefaults: Omit<IntermediateOptions, "seed" | "threads"> = {
  peakRate: 5e-2,
  warmupSteps: 10,
  epochs: 3,
  minimumSteps: 80,
  tokensPerStep: 2048,
  tokensPerRun: 512,
  l2: 0,
  patience: 3,
};

export type CurvePoint = LearningPoint<MaskedLmFigures>;

/** How many times the passages are read: `epochs`, or more where that makes too few steps. */
export function plannedEpochs(
  train: readonly Passage[],
  { tokensPerStep, ...options }: Pick<IntermediateOptions, "epochs" | "minimumSteps" | "tokensPerStep">,
): number {
  const { batches } = makeBatches(train, { tokensPerBatch: tokensPerStep, random: createRandom("count") });
  return epochsFor(batches.length, options);
}

/** All that a run needs to go on as if nothing had happened. */
export interface IntermediateState extends TrainingLoopState<MaskedLmFigures> {
  readonly delta: Float32Array;
  readonly best: Float32Array;
  /** By layer, `prompts.<layer>`. */
  readonly adam: AdamState;
}

/** A state before the first step, with this delta. */
export function startingState(delta: SoftPrompts): IntermediateState {
  const moments = Object.entries(layerViews(delta)).map(([name, { length }]) => [
    name,
    { step: 0, mean: new Float32Array(length), square: new Float32Array(length) },
  ]);
  return {
    step: 0,
    delta: delta.values.slice(),
    best: delta.values.slice(),
    adam: Object.fromEntries(moments),
    stopping: { withoutGain: 0 },
    curve: [],
    epochLosses: [],
  };
}

export interface IntermediateData {
  readonly train: readonly Passage[];
  /** Decides when to stop and which epoch to keep. Without it all epochs are run. */
  readonly heldOut: readonly Passage[];
}

export interface IntermediateResult {
  /** Of the epoch with the lowest held-out loss. */
  readonly delta: SoftPrompts;
  readonly curve: readonly CurvePoint[];
  readonly steps: number;
  /** Share of computed tokens that was padding, in [0, 1). */
  readonly paddingShare: number;
}

/**
 * Intermediate learning (Oba, Yoshinaga and Toyoda 2023): masked words of the writer's own passages with
 * the model frozen and only the writer's delta on the shared prompts trained. Whoever wrote a passage, all are
 * learned as one writer's. `release` it.
 */
export class IntermediateLearning {
  readonly #shared: SoftPrompts;
  readonly #objective: Objective<Text>;
  readonly #training: TunedTraining<Text, MaskedLmFigures>;

  private constructor(
    shared: SoftPrompts,
    objective: Objective<Text>,
    training: TunedTraining<Text, MaskedLmFigures>,
  ) {
    this.#shared = shared;
    this.#objective = objective;
    this.#training = training;
  }

  /** @param options whose `tokensPerRun` is asked for at each step */
  static async create(
    model: PretrainedModel,
    shared: SoftPrompts,
    { train, heldOut }: IntermediateData,
    options: IntermediateOptions,
    state: IntermediateState = startingState({ ...shared, values: new Float32Array(shared.values.length) }),
  ): Promise<IntermediateLearning> {
    const { l2, threads } = options;
    const tuning = forOneWriter(promptTuning({ shared }));
    const objective = maskedLmObjective<Text>({ model, tuning, products: "rounded" }, options);
    const { delta, best, adam, ...loop } = state;
    const parameters = new TunedParameters(tuning, valuesOf({ ...shared, values: delta }));
    // The rate is the schedule's alone.
    const rates = { ...tuningRates, prompt: 1 };
    const optimiser = new TunedOptimiser(tuning, parameters, { rates, weightDecay: 0, l2 }, undefined);
    const measure = new MaskedLmMeasure(model, threads, false);
    const training = new TunedTraining(
      {
        parameters,
        optimiser,
        objectives: [objective],
        examples: train.map(({ ids, words }) => ({ ids, words })),
        measure: async (breathe) => {
          const { tokensPerRun } = options;
          const prompts = personalPrompts(shared, deltaOf(shared, parameters.values()));
          try {
            return maskedLmFigures(
              await measure.scores(heldOut, prompts, stoppingMasks, { tokensPerRun, breathe }),
            );
          } finally {
            // Opening it again takes a fraction of a second; open all the time it would add to the peak of memory.
            await measure.release();
          }
        },
        drawName: (step) => `masks ${step}`,
      },
      { ...tuningDefaults, ...options },
      {
        ...loop,
        values: valuesOf({ ...shared, values: delta }),
        best: valuesOf({ ...shared, values: best }),
        optimiser: { everyone: {}, writers: { [soleWriter]: adam } },
      },
    );
    return new IntermediateLearning(shared, objective, training);
  }

  /** Makes one optimiser step at a time, and measures what is held out when an epoch ends. */
  get loop(): TrainingLoop<MaskedLmFigures> {
    return this.#training.loop;
  }

  /** A copy that later steps do not change. */
  state(): IntermediateState {
    const { values, best, optimiser, ...loop } = this.#training.state();
    return {
      ...loop,
      delta: deltaOf(this.#shared, values).values,
      best: deltaOf(this.#shared, best).values,
      adam: optimiser.writers[soleWriter]!,
    };
  }

  result(): IntermediateResult {
    return {
      delta: deltaOf(this.#shared, this.#training.best),
      curve: [...this.loop.curve],
      steps: this.loop.step,
      paddingShare: this.#training.paddingShare,
    };
  }

  release(): Promise<void> {
    return this.#objective.release();
  }
}

/** A passage whose writer does not matter. */
type Text = Pick<Passage, "ids" | "words">;

/** The delta as values of the tuning, and back. */
const valuesOf = (delta: SoftPrompts): TunedValues => ({
  everyone: {},
  writers: { [soleWriter]: layerViews(delta) },
});
const deltaOf = (shared: SoftPrompts, { writers }: TunedValues): SoftPrompts =>
  fromLayerViews(shared, writers[soleWriter]!);
