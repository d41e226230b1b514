import { hasExactByteProducts } from "../graph/byte-products.ts";
import { createRandom, type Random } from "../numbers/random.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { layerViews, personalPrompts, type SoftPrompts } from "../prompts/soft-prompts.ts";
import { makeBatches, padBatch } from "./batching.ts";
import { maskedLmFeeds, promptTraining } from "./masked-lm-graph.ts";
import { type MaskedLmFigures, MaskedLmMeasure, maskedLmFigures, maskingFor } from "./masked-lm-measure.ts";
import { applyMasks, chooseMask, type MaskingOptions } from "./masking.ts";
import { Adam, type AdamState, copyAdamState } from "./optimiser/adam.ts";
import { GradientSums } from "./optimiser/gradient-sums.ts";
import type { Passage } from "./passages.ts";
import {
  type Breathe,
  type LearningPoint,
  type StepPlace,
  type StepReport,
  TrainingLoop,
  type TrainingLoopState,
  type TrainingTask,
} from "./training-loop.ts";
import { TrainingSession } from "./training-session.ts";

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
  {
    epochs,
    minimumSteps,
    tokensPerStep,
  }: Pick<IntermediateOptions, "epochs" | "minimumSteps" | "tokensPerStep">,
): number {
  const { batches } = makeBatches(train, { tokensPerBatch: tokensPerStep, random: createRandom("count") });
  return Math.max(epochs, Math.ceil(minimumSteps / Math.max(1, batches.length)));
}

/** All that a run needs to go on as if nothing had happened. */
export interface IntermediateState extends TrainingLoopState<MaskedLmFigures> {
  readonly delta: Float32Array;
  readonly best: Float32Array;
  readonly adam: AdamState;
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
  readonly tokens: number;
  /** Share of computed tokens that was padding, in [0, 1). */
  readonly paddingShare: number;
}

/**
 * Intermediate learning (Oba, Yoshinaga and Toyoda 2023): masked-LM on the writer's own passages with
 * the model frozen and only the writer's delta on the shared prompts trained. Masks are fresh in each
 * epoch and follow from seed, epoch and batch alone, so a run that is resumed from its state sees what
 * an undisturbed one would have seen. `advance` makes one optimiser step; between runs of the model it
 * waits for `breathe`, where a caller pauses, cancels (by throwing) or yields the processor.
 */
export class IntermediateLearning {
  readonly paddingShare: number;
  readonly #model: PretrainedModel;
  readonly #shared: SoftPrompts;
  readonly #data: IntermediateData;
  readonly #options: IntermediateOptions;
  readonly #session: TrainingSession;
  readonly #measure: MaskedLmMeasure;
  readonly #random: Random;
  readonly #masking: MaskingOptions;
  readonly #delta: SoftPrompts;
  readonly #adam: Adam;
  readonly #loop: TrainingLoop<MaskedLmFigures>;
  #best: Float32Array;
  #tokens = 0;

  private constructor(
    model: PretrainedModel,
    shared: SoftPrompts,
    data: IntermediateData,
    options: IntermediateOptions,
    session: TrainingSession,
    state: IntermediateState | undefined,
  ) {
    this.#model = model;
    this.#shared = shared;
    this.#data = data;
    this.#options = options;
    this.#session = session;
    this.#measure = new MaskedLmMeasure(model, options.threads, false);
    this.#random = createRandom(options.seed);
    this.#masking = maskingFor(model);
    const first = this.#epochBatches(0);
    this.paddingShare = first.paddingShare;
    const values = state?.delta.slice() ?? new Float32Array(shared.values.length);
    this.#delta = { ...shared, values };
    this.#adam = new Adam([{ parameters: layerViews(this.#delta) }], { maximumNorm: 1 });
    if (state !== undefined) {
      this.#adam.restore(state.adam);
    }
    this.#best = state?.best.slice() ?? values.slice();
    const task: TrainingTask<MaskedLmFigures> = {
      stepsPerEpoch: first.batches.length,
      learn: (place, rate, breathe) => this.#learn(place, rate, breathe),
      measure: (breathe) => this.#measureHeldOut(breathe),
      keepBest: () => {
        this.#best = this.#delta.values.slice();
      },
    };
    const epochs = plannedEpochs(data.train, options);
    this.#loop = new TrainingLoop(task, { ...options, epochs }, state);
  }

  static async create(
    model: PretrainedModel,
    shared: SoftPrompts,
    data: IntermediateData,
    options: IntermediateOptions,
    state?: IntermediateState,
  ): Promise<IntermediateLearning> {
    const { threads } = options;
    const products = (await hasExactByteProducts()) ? "rounded" : "full";
    const session = await TrainingSession.create(promptTraining(model, shared.length, products), {
      threads,
      compile: (bytes, given) => model.compileModel(bytes, given),
    });
    return new IntermediateLearning(model, shared, data, options, session, state);
  }

  get totalSteps(): number {
    return this.#loop.totalSteps;
  }

  get step(): number {
    return this.#loop.step;
  }

  get isFinished(): boolean {
    return this.#loop.isFinished;
  }

  get curve(): readonly CurvePoint[] {
    return this.#loop.curve;
  }

  /** One optimiser step, and the held-out measure when an epoch ends. Returns the step's mean loss in nats. */
  advance(breathe?: Breathe): Promise<number> {
    return this.#loop.advance(breathe);
  }

  /** A copy that later steps do not change. */
  state(): IntermediateState {
    return {
      ...this.#loop.state(),
      delta: this.#delta.values.slice(),
      best: this.#best.slice(),
      adam: copyAdamState(this.#adam.state()),
    };
  }

  result(): IntermediateResult {
    return {
      delta: { ...this.#delta, values: this.#best.slice() },
      curve: [...this.#loop.curve],
      steps: this.#loop.step,
      tokens: this.#tokens,
      paddingShare: this.paddingShare,
    };
  }

  async release(): Promise<void> {
    await this.#session.release();
  }

  #epochBatches(epoch: number) {
    const { tokensPerStep } = this.#options;
    const random = this.#random.fork(`batches ${epoch}`);
    return makeBatches(this.#data.train, { tokensPerBatch: tokensPerStep, random });
  }

  async #learn({ epoch, index, step }: StepPlace, rate: number, breathe: Breathe): Promise<StepReport> {
    const passages = this.#epochBatches(epoch).batches[index]!;
    const { loss, gradients } = await this.#gradients(passages, step, breathe);
    return { ...this.#adam.step(gradients, rate), loss };
  }

  /** Mean loss over the step's masked tokens and its gradients, summed over runs by their share of those tokens. */
  async #gradients(passages: readonly Passage[], step: number, breathe: Breathe) {
    const { tokensPerRun, l2 } = this.#options;
    const random = this.#random.fork(`masks ${step}`);
    const masks = new Map(passages.map((passage) => [passage, chooseMask(passage, this.#masking, random)]));
    const total = [...masks.values()].reduce((sum, { positions }) => sum + positions.length, 0);
    const sums = new GradientSums();
    const pull = layerViews({ ...this.#delta, values: this.#delta.values.map((value) => l2 * value) });
    for (const [name, gradient] of Object.entries(pull)) {
      sums.start(name, gradient);
    }
    const parameters = layerViews(personalPrompts(this.#shared, this.#delta));
    const runs = makeBatches(passages, { tokensPerBatch: tokensPerRun, random }).batches;
    let loss = 0;
    for (const run of runs) {
      await breathe();
      const padded = padBatch(run, this.#model.tokenizer.specialIds.pad);
      const batch = applyMasks(
        padded,
        run.map((passage) => masks.get(passage)!),
      );
      const result = await this.#session.step(parameters, maskedLmFeeds(batch));
      const share = batch.positions.length / total;
      loss += share * result.loss;
      this.#tokens += batch.batch * batch.length;
      for (const [name, gradient] of Object.entries(result.gradients)) {
        sums.add(name, gradient, share);
      }
    }
    return { loss, gradients: sums.gradients };
  }

  async #measureHeldOut(breathe: Breathe): Promise<MaskedLmFigures | undefined> {
    const { tokensPerRun } = this.#options;
    const prompts = personalPrompts(this.#shared, this.#delta);
    try {
      const rhythm = { tokensPerRun, breathe };
      return maskedLmFigures(await this.#measure.scores(this.#data.heldOut, prompts, stoppingMasks, rhythm));
    } finally {
      // Opening it again takes a fraction of a second; open all the time it would add to the peak of memory.
      await this.#measure.release();
    }
  }
}
