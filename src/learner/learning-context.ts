import type { PretrainedModel } from "../plm/pretrained-model.ts";
import type { FromLearner, LearningJob, LearningStage } from "../protocol/learner.ts";
import type { LeaseKeeper } from "../session/lease-keeper.ts";
import type { LearningProgress } from "../store/repositories/learning-runs.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import type { LearningPlan } from "./learning-plan.ts";
import type { Pace } from "./pace.ts";
import type { Waiting } from "./waiting.ts";
import type { WorkMeter } from "./work-meter.ts";

/** What all stages of learning share. */
export interface LearningContext {
  readonly job: LearningJob;
  readonly store: Store;
  readonly writer: Writer;
  /** The snapshot that this run works on. */
  readonly plan: LearningPlan;
  readonly model: PretrainedModel;
  readonly lease: LeaseKeeper;
  readonly meter: WorkMeter;
  /** Stands still while learning waits. */
  readonly clock: () => number;
  readonly emit: (message: FromLearner) => void;
  readonly breathe: () => Promise<void>;
  readonly pace: Pick<Pace, "tokensPerRun" | "sparedTokensPerRun">;
  readonly waiting: Pick<Waiting, "begin">;
}

export function peakMemoryBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

export function tellProgress(
  { emit, meter }: Pick<LearningContext, "emit" | "meter">,
  stage: LearningStage,
): void {
  const { fraction, secondsLeft } = meter;
  emit({ kind: "progress", stage, fraction, secondsLeft });
}

/** Counts the time that was spent on a run, in this process and in earlier ones. */
export class RunClock {
  readonly #clock: () => number;
  readonly #startMs: number;
  readonly #earlierSeconds: number;

  constructor(clock: () => number, earlierSeconds: number) {
    this.#clock = clock;
    this.#startMs = clock();
    this.#earlierSeconds = earlierSeconds;
  }

  get seconds(): number {
    return this.#earlierSeconds + (this.#clock() - this.#startMs) / 1000;
  }

  progress(stage: LearningStage, step: number, steps: number): LearningProgress {
    return { stage, step, steps, seconds: this.seconds, peakMemoryBytes: peakMemoryBytes() };
  }
}
