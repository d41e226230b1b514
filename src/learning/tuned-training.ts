import { createRandom, type Random } from "../numbers/random.ts";
import type { ValueGroup } from "../prompts/tuning.ts";
import { makeBatches } from "./batching.ts";
import type { Learnable, Objective } from "./objectives/objective.ts";
import { GradientSums } from "./optimiser/gradient-sums.ts";
import type { OptimiserOptions, OptimiserState, TunedOptimiser } from "./optimiser/tuned-optimiser.ts";
import {
  type Breathe,
  type HeldOutFigures,
  type LearningPoint,
  type StepPlace,
  type StepReport,
  TrainingLoop,
  type TrainingLoopState,
} from "./training-loop.ts";
import type { TunedParameters, TunedValues } from "./tuned-parameters.ts";

export interface TuningOptions extends OptimiserOptions {
  readonly epochs: number;
  /** Few texts are read more often than `epochs` says, until there are so many steps. */
  readonly minimumSteps: number;
  /** Texts that one optimiser step sees. */
  readonly textsPerStep: number;
  /** Tokens, padding included, that one optimiser step sees, in place of `textsPerStep`. */
  readonly tokensPerStep?: number;
  /** Tokens, padding included, of one uninterrupted run; a step is cut into as many as it needs. */
  readonly tokensPerRun: number;
  /** What the rates are multiplied with at their highest; 1 if absent. */
  readonly peakRate?: number;
  readonly warmupSteps: number;
  /** Epochs without a lower held-out loss after which training ends. */
  readonly patience: number;
  /** Probability that a text is read as if its writer were unknown, which keeps the common reading good. */
  readonly writerDropout: number;
  readonly seed: number | string;
}

/**
 * Rates by kind of value: prompts need far more than fine-tuning does (docs/decisions.md), all weights the
 * least.
 */
export const tuningRates: Readonly<Record<ValueGroup, number>> = {
  prompt: 5e-3,
  lowRank: 1e-3,
  adapter: 1e-3,
  bias: 1e-3,
  weight: 5e-5,
  head: 1e-3,
  shift: 1e-2,
};

export const tuningDefaults: Omit<TuningOptions, "seed"> = {
  rates: tuningRates,
  weightDecay: 0,
  l2: 0,
  epochs: 3,
  minimumSteps: 100,
  textsPerStep: 32,
  tokensPerRun: 1024,
  warmupSteps: 10,
  patience: 2,
  writerDropout: 0,
};

/** All that a run needs to go on as if nothing had happened. */
export interface TunedTrainingState<Figures extends HeldOutFigures> extends TrainingLoopState<Figures> {
  readonly values: TunedValues;
  readonly best: TunedValues;
  readonly optimiser: OptimiserState;
}

export interface TunedTrainingParts<Item extends Learnable, Figures extends HeldOutFigures> {
  readonly parameters: TunedParameters;
  /** Moves these parameters. */
  readonly optimiser: TunedOptimiser;
  /** Their losses, each times its weight, add up. */
  readonly objectives: readonly Objective<Item>[];
  readonly examples: readonly Item[];
  readonly measure: (breathe: Breathe) => Promise<Figures | undefined>;
  /**
   * Names what an objective draws at random in a step: it follows from the seed and this name. By the numbers
   * of step and objective if absent.
   */
  readonly drawName?: (step: number, objective: number) => string;
}

/** How many times the texts are read: `epochs`, or more where that makes too few steps. */
export function epochsFor(
  stepsPerEpoch: number,
  { epochs, minimumSteps }: Pick<TuningOptions, "epochs" | "minimumSteps">,
): number {
  return Math.max(epochs, Math.ceil(minimumSteps / Math.max(1, stepsPerEpoch)));
}

/**
 * Trains the values of a tuning on texts of one writer or of many, with one objective or several. Batches and
 * what is drawn at random follow from seed, epoch and step alone, so a run that is resumed from its state sees
 * what an undisturbed one would have seen.
 */
export class TunedTraining<Item extends Learnable, Figures extends HeldOutFigures> {
  /** Share of computed tokens that is padding, in [0, 1). */
  readonly paddingShare: number;
  readonly #parts: TunedTrainingParts<Item, Figures>;
  readonly #options: TuningOptions;
  readonly #random: Random;
  readonly #loop: TrainingLoop<Figures>;
  #best: TunedValues;

  /** @param state of a run with the same parts; its values must be those that `parameters` were made of. */
  constructor(
    parts: TunedTrainingParts<Item, Figures>,
    options: TuningOptions,
    state?: TunedTrainingState<Figures>,
  ) {
    this.#parts = parts;
    this.#options = options;
    this.#random = createRandom(options.seed);
    this.#best = state?.best ?? parts.parameters.values();
    if (state !== undefined) {
      parts.optimiser.restore(state.optimiser);
    }
    const { batches, paddingShare } = this.#batches(0);
    this.paddingShare = paddingShare;
    this.#loop = new TrainingLoop(
      {
        stepsPerEpoch: batches.length,
        learn: (place, rate, breathe) => this.#learn(place, rate, breathe),
        measure: parts.measure,
        keepBest: () => {
          this.#best = parts.parameters.values();
        },
      },
      // The rates of the groups are their own; the schedule gives the share of them.
      { peakRate: 1, ...options, epochs: epochsFor(batches.length, options) },
      state,
    );
  }

  get loop(): TrainingLoop<Figures> {
    return this.#loop;
  }

  get curve(): readonly LearningPoint<Figures>[] {
    return this.#loop.curve;
  }

  /** Of the epoch with the lowest held-out loss. */
  get best(): TunedValues {
    return this.#best;
  }

  /** A copy that later steps do not change. */
  state(): TunedTrainingState<Figures> {
    const { parameters, optimiser } = this.#parts;
    return {
      ...this.#loop.state(),
      values: parameters.values(),
      best: this.#best,
      optimiser: optimiser.state(),
    };
  }

  #batches(epoch: number) {
    const { textsPerStep, tokensPerStep } = this.#options;
    const size =
      tokensPerStep === undefined ? { batchSize: textsPerStep } : { tokensPerBatch: tokensPerStep };
    return makeBatches(this.#parts.examples, { ...size, random: this.#random.fork(`batches ${epoch}`) });
  }

  async #learn({ epoch, index, step }: StepPlace, rate: number, breathe: Breathe): Promise<StepReport> {
    const { parameters, optimiser, objectives, drawName = numbered } = this.#parts;
    const items = this.#batches(epoch).batches[index]!;
    const sums = new GradientSums();
    let loss = 0;
    for (const [number, objective] of objectives.entries()) {
      const random = this.#random.fork(drawName(step, number));
      for (const run of await objective.runs(items, random, breathe)) {
        await breathe();
        const strengths = this.#strengths(run.items, random);
        const feeds = { ...run.feeds, ...parameters.feeds(run.items, strengths) };
        const result = await objective.learn(feeds);
        const share = objective.weight * run.share;
        loss += share * result.loss;
        for (const [key, gradient] of parameters.byOwner(run.items, result.gradients)) {
          sums.add(key, gradient, share);
        }
      }
    }
    return { ...optimiser.step(sums.gradients, rate), loss };
  }

  /** 0 for texts whose writer is dropped. A run that has one set of values is dropped whole. */
  #strengths(items: readonly Item[], random: Random): readonly number[] {
    const { writerDropout } = this.#options;
    return items.map(() => (writerDropout > 0 && random() < writerDropout ? 0 : 1));
  }
}

const numbered = (step: number, objective: number): string => `step ${step}, objective ${objective}`;
