import { mean } from "../numbers/mean.ts";
import { EarlyStopping, type EarlyStoppingState } from "./early-stopping.ts";
import type { StepResult } from "./optimiser/adam.ts";
import { learningRate } from "./optimiser/schedule.ts";

/** Where training stands when a step is made; all counted from 0. */
export interface StepPlace {
  readonly epoch: number;
  /** Number of the step within its epoch. */
  readonly index: number;
  /** Number of the step within the run. */
  readonly step: number;
}

/** What one optimiser step was like. */
export interface StepReport extends StepResult {
  /** Mean over the step's examples, in nats. */
  readonly loss: number;
}

/** What held-out measures have in common; the lower the loss, the better. */
export interface HeldOutFigures {
  readonly loss: number;
}

/** What is trained, and how: the loop decides when. */
export interface TrainingTask<Figures extends HeldOutFigures> {
  readonly stepsPerEpoch: number;
  /** Makes one optimiser step; waits for `breathe` before each run of the model. */
  readonly learn: (place: StepPlace, rate: number, breathe: Breathe) => Promise<StepReport>;
  /** Held-out figures of the present values; undefined without held-out examples. */
  readonly measure: (breathe: Breathe) => Promise<Figures | undefined>;
  /** Is told when the present values are the best so far. */
  readonly keepBest: () => void;
}

/** Awaited between runs of the model: a caller pauses there, cancels by throwing, or yields the processor. */
export type Breathe = () => Promise<void>;

export interface TrainingLoopOptions {
  readonly epochs: number;
  /** Highest learning rate. */
  readonly peakRate: number;
  readonly warmupSteps: number;
  /** Epochs without a lower held-out loss after which training ends. */
  readonly patience: number;
}

/** One epoch of the learning curve. */
export interface LearningPoint<Figures extends HeldOutFigures = HeldOutFigures> {
  readonly epoch: number;
  readonly step: number;
  /** Mean of the epoch's steps, in nats; absent before the first. */
  readonly trainLoss?: number;
  /** Mean norm of the epoch's gradients before clipping; absent before the first. */
  readonly gradientNorm?: number;
  /** Steps left out because a gradient was not finite; absent if none. */
  readonly skippedSteps?: number;
  readonly heldOut?: Figures;
}

/** What the loop needs to go on as if nothing had happened; survives JSON. */
export interface TrainingLoopState<Figures extends HeldOutFigures = HeldOutFigures> {
  readonly step: number;
  readonly stopping: EarlyStoppingState;
  readonly curve: readonly LearningPoint<Figures>[];
  /** Losses of the present epoch's steps that were applied. */
  readonly epochLosses: readonly number[];
  /** Gradient norms of the same steps; absent in states of earlier versions. */
  readonly epochNorms?: readonly number[];
  /** Steps of the present epoch that were left out; none if absent. */
  readonly epochSkipped?: number;
}

/**
 * Epochs, learning rate, early stopping and the learning curve: the same for everything that is trained.
 * Held-out figures are taken before the first step and after each epoch.
 */
export class TrainingLoop<Figures extends HeldOutFigures> {
  readonly totalSteps: number;
  readonly #task: TrainingTask<Figures>;
  readonly #options: TrainingLoopOptions;
  readonly #stopping: EarlyStopping;
  #step: number;
  #curve: LearningPoint<Figures>[];
  #epochLosses: number[];
  #epochNorms: number[];
  #epochSkipped: number;
  #stopped: boolean;

  constructor(task: TrainingTask<Figures>, options: TrainingLoopOptions, state?: TrainingLoopState<Figures>) {
    this.#task = task;
    this.#options = options;
    this.totalSteps = task.stepsPerEpoch * options.epochs;
    this.#stopping = new EarlyStopping({ patience: options.patience }, state?.stopping);
    this.#step = state?.step ?? 0;
    this.#curve = [...(state?.curve ?? [])];
    this.#epochLosses = [...(state?.epochLosses ?? [])];
    this.#epochNorms = [...(state?.epochNorms ?? [])];
    this.#epochSkipped = state?.epochSkipped ?? 0;
    this.#stopped = this.#stopping.state.withoutGain >= options.patience;
  }

  get step(): number {
    return this.#step;
  }

  get isFinished(): boolean {
    return this.#stopped || this.#step >= this.totalSteps;
  }

  get curve(): readonly LearningPoint<Figures>[] {
    return this.#curve;
  }

  /** One optimiser step, and the held-out measure when an epoch ends. Returns the step's mean loss in nats. */
  async advance(breathe: Breathe = async () => undefined): Promise<number> {
    if (this.#curve.length === 0) {
      await this.#endEpoch(0, breathe);
    }
    const { stepsPerEpoch } = this.#task;
    const step = this.#step;
    const place = { epoch: Math.floor(step / stepsPerEpoch), index: step % stepsPerEpoch, step };
    const rate = learningRate(step + 1, { ...this.#options, totalSteps: this.totalSteps });
    const report = await this.#task.learn(place, rate, breathe);
    this.#note(report);
    this.#step++;
    if (this.#step % stepsPerEpoch === 0) {
      await this.#endEpoch(place.epoch + 1, breathe);
    }
    return report.loss;
  }

  /** Steps until the end; a convenience for callers that need no pauses of their own. */
  async finish(breathe?: Breathe): Promise<void> {
    while (!this.isFinished) {
      await this.advance(breathe);
    }
  }

  state(): TrainingLoopState<Figures> {
    return {
      step: this.#step,
      stopping: this.#stopping.state,
      curve: [...this.#curve],
      epochLosses: [...this.#epochLosses],
      epochNorms: [...this.#epochNorms],
      epochSkipped: this.#epochSkipped,
    };
  }

  #note({ kind, loss, gradientNorm }: StepReport): void {
    if (kind === "skipped") {
      this.#epochSkipped++;
    } else {
      this.#epochLosses.push(loss);
      this.#epochNorms.push(gradientNorm);
    }
  }

  async #endEpoch(epoch: number, breathe: Breathe): Promise<void> {
    const heldOut = await this.#task.measure(breathe);
    const taught = this.#epochLosses.length > 0;
    this.#curve.push({
      epoch,
      step: this.#step,
      ...(taught ? { trainLoss: mean(this.#epochLosses), gradientNorm: mean(this.#epochNorms) } : {}),
      ...(this.#epochSkipped > 0 ? { skippedSteps: this.#epochSkipped } : {}),
      ...(heldOut === undefined ? {} : { heldOut }),
    });
    [this.#epochLosses, this.#epochNorms, this.#epochSkipped] = [[], [], 0];
    const verdict = heldOut === undefined ? "better" : this.#stopping.observe(heldOut.loss, this.#step);
    if (verdict === "better") {
      this.#task.keepBest();
    }
    this.#stopped = verdict === "stop";
  }
}
