import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { layerViews, personalPrompts, type SoftPrompts } from "../prompts/soft-prompts.ts";
import { makeBatches, padBatch } from "./batching.ts";
import { EarlyStopping, type EarlyStoppingState } from "./early-stopping.ts";
import { maskedLmFeeds, promptTraining } from "./masked-lm-graph.ts";
import { type MaskedLmFigures, MaskedLmMeasure, maskedLmFigures, maskingFor } from "./masked-lm-measure.ts";
import { applyMasks, chooseMask, type MaskingOptions } from "./masking.ts";
import { Adam, type AdamState } from "./optimiser.ts";
import type { Passage } from "./passages.ts";
import { createRandom, type Random } from "./random.ts";
import { learningRate } from "./schedule.ts";
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

export const intermediateDefaults: Omit<IntermediateOptions, "seed" | "threads"> = {
  peakRate: 5e-2,
  warmupSteps: 10,
  epochs: 3,
  minimumSteps: 80,
  tokensPerStep: 2048,
  tokensPerRun: 512,
  l2: 0,
  patience: 1,
};

export interface CurvePoint {
  readonly epoch: number;
  readonly step: number;
  /** Mean of the epoch's batches, in nats; absent before the first. */
  readonly trainLoss?: number;
  readonly heldOut?: MaskedLmFigures;
}

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
export interface IntermediateState {
  readonly step: number;
  readonly delta: Float32Array;
  readonly best: Float32Array;
  readonly adam: AdamState;
  readonly stopping: EarlyStoppingState;
  readonly curve: readonly CurvePoint[];
  readonly epochLosses: readonly number[];
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
  readonly totalSteps: number;
  readonly paddingShare: number;
  readonly #model: PretrainedModel;
  readonly #shared: SoftPrompts;
  readonly #data: IntermediateData;
  readonly #options: IntermediateOptions;
  readonly #session: TrainingSession;
  readonly #measure: MaskedLmMeasure;
  readonly #random: Random;
  readonly #masking: MaskingOptions;
  readonly #stepsPerEpoch: number;
  readonly #delta: SoftPrompts;
  readonly #adam: Adam;
  readonly #stopping: EarlyStopping;
  #best: Float32Array;
  #curve: CurvePoint[];
  #epochLosses: number[];
  #step: number;
  #stopped: boolean;
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
    this.#measure = new MaskedLmMeasure(model, options.threads);
    this.#random = createRandom(options.seed);
    this.#masking = maskingFor(model);
    const first = this.#epochBatches(0);
    this.#stepsPerEpoch = first.batches.length;
    this.totalSteps = this.#stepsPerEpoch * plannedEpochs(data.train, options);
    this.paddingShare = first.paddingShare;
    const values = state?.delta.slice() ?? new Float32Array(shared.values.length);
    this.#delta = { ...shared, values };
    this.#adam = new Adam([{ parameters: layerViews(this.#delta) }], { maximumNorm: 1 });
    if (state !== undefined) {
      this.#adam.restore(state.adam);
    }
    this.#stopping = new EarlyStopping({ patience: options.patience }, state?.stopping);
    this.#best = state?.best.slice() ?? values.slice();
    this.#curve = [...(state?.curve ?? [])];
    this.#epochLosses = [...(state?.epochLosses ?? [])];
    this.#step = state?.step ?? 0;
    this.#stopped = this.#stopping.state.withoutGain >= options.patience;
  }

  static async create(
    model: PretrainedModel,
    shared: SoftPrompts,
    data: IntermediateData,
    options: IntermediateOptions,
    state?: IntermediateState,
  ): Promise<IntermediateLearning> {
    const { threads } = options;
    const session = await TrainingSession.create(promptTraining(model, shared.length), {
      threads,
      place: (bytes) => model.writeGraph(bytes),
    });
    return new IntermediateLearning(model, shared, data, options, session, state);
  }

  get step(): number {
    return this.#step;
  }

  get isFinished(): boolean {
    return this.#stopped || this.#step >= this.totalSteps;
  }

  get curve(): readonly CurvePoint[] {
    return this.#curve;
  }

  /** One optimiser step, and the held-out measure when an epoch ends. Returns the step's mean loss in nats. */
  async advance(breathe: () => Promise<void> = async () => undefined): Promise<number> {
    if (this.#curve.length === 0) {
      await this.#endEpoch(0, breathe);
    }
    const epoch = Math.floor(this.#step / this.#stepsPerEpoch);
    const batch = this.#epochBatches(epoch).batches[this.#step % this.#stepsPerEpoch]!;
    const { loss, gradients } = await this.#gradients(batch, breathe);
    const { peakRate, warmupSteps } = this.#options;
    const rate = learningRate(this.#step + 1, { peakRate, warmupSteps, totalSteps: this.totalSteps });
    this.#adam.step(gradients, rate);
    this.#epochLosses.push(loss);
    this.#step++;
    if (this.#step % this.#stepsPerEpoch === 0) {
      await this.#endEpoch(epoch + 1, breathe);
    }
    return loss;
  }

  /** A copy that later steps do not change. */
  state(): IntermediateState {
    const adam = Object.entries(this.#adam.state()).map(([name, { step, mean, square }]) => [
      name,
      { step, mean: mean.slice(), square: square.slice() },
    ]);
    return {
      step: this.#step,
      delta: this.#delta.values.slice(),
      best: this.#best.slice(),
      adam: Object.fromEntries(adam),
      stopping: this.#stopping.state,
      curve: [...this.#curve],
      epochLosses: [...this.#epochLosses],
    };
  }

  result(): IntermediateResult {
    return {
      delta: { ...this.#delta, values: this.#best.slice() },
      curve: [...this.#curve],
      steps: this.#step,
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

  /** Mean loss over the step's masked tokens and its gradients, summed over runs by their share of those tokens. */
  async #gradients(passages: readonly Passage[], breathe: () => Promise<void>) {
    const { tokensPerRun, l2 } = this.#options;
    const random = this.#random.fork(`masks ${this.#step}`);
    const masks = new Map(passages.map((passage) => [passage, chooseMask(passage, this.#masking, random)]));
    const total = [...masks.values()].reduce((sum, { positions }) => sum + positions.length, 0);
    const sums = layerViews({ ...this.#delta, values: this.#delta.values.map((value) => l2 * value) });
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
      const step = await this.#session.step(parameters, maskedLmFeeds(batch));
      const share = batch.positions.length / total;
      loss += share * step.loss;
      this.#tokens += batch.batch * batch.length;
      for (const [name, sum] of Object.entries(sums)) {
        const gradient = step.gradients[name]!;
        for (let at = 0; at < sum.length; at++) {
          sum[at]! += share * gradient[at]!;
        }
      }
    }
    return { loss, gradients: sums };
  }

  async #endEpoch(epoch: number, breathe: () => Promise<void>): Promise<void> {
    const losses = this.#epochLosses;
    const trainLoss = losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
    const prompts = personalPrompts(this.#shared, this.#delta);
    const heldOut = maskedLmFigures(await this.#measureHeldOut(prompts, breathe));
    this.#curve.push({
      epoch,
      step: this.#step,
      ...(losses.length > 0 ? { trainLoss } : {}),
      ...(heldOut === undefined ? {} : { heldOut }),
    });
    this.#epochLosses = [];
    const verdict = heldOut === undefined ? "better" : this.#stopping.observe(heldOut.loss, this.#step);
    if (verdict === "better") {
      this.#best = this.#delta.values.slice();
    }
    this.#stopped = verdict === "stop";
  }

  async #measureHeldOut(prompts: SoftPrompts, breathe: () => Promise<void>) {
    const { tokensPerRun } = this.#options;
    try {
      return await this.#measure.scores(this.#data.heldOut, prompts, "stopping", { tokensPerRun, breathe });
    } finally {
      // Opening it again takes a fraction of a second; open all the time it would add to the peak of memory.
      await this.#measure.release();
    }
  }
}
