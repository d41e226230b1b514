import {
  type IntermediateData,
  IntermediateLearning,
  type IntermediateResult,
  type IntermediateState,
  intermediateDefaults,
  plannedEpochs,
  startingState,
} from "../../learning/intermediate-learning.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { said } from "../../said/said.ts";
import { StoreChecksumError } from "../../store/errors.ts";
import type { Checkpoint } from "../../store/repositories/learning-runs.ts";
import { LearningStopped } from "../errors.ts";
import { type LearningContext, type RunClock, tellProgress } from "../learning-context.ts";
import { fromCheckpoint, toCheckpoint } from "./checkpoint.ts";
import type { PromptTraining } from "./training-material.ts";

/** A training token costs a pass forward and about two more backward. */
export const passesPerTrainingToken = 3;

export interface MaskingStage {
  readonly runId: string;
  readonly clock: RunClock;
  readonly shared: SoftPrompts;
  readonly data: IntermediateData;
  /** The delta to go on from; zeros if absent. */
  readonly start?: SoftPrompts | undefined;
  readonly training: PromptTraining;
}

export interface MaskingResult {
  readonly result: IntermediateResult;
  /** The step whose loss was no number; training ended there, and what was best before it is kept. */
  readonly brokenStep: number | undefined;
}

/**
 * Trains the writer's delta, from the run's newest checkpoint if there is one. Writes a checkpoint at
 * intervals, at the end, and when it is told to pause.
 */
export async function learnMasking(context: LearningContext, stage: MaskingStage): Promise<MaskingResult> {
  const { model, job, meter, pace } = context;
  const found = soundCheckpoint(context, stage.runId);
  const start = found === undefined ? stage.start && startingState(stage.start) : fromCheckpoint(found);
  const options = {
    ...intermediateDefaults,
    ...job.options,
    ...stage.training,
    // Asked for at each step: a step's gradients are the same however it is cut, up to rounding.
    get tokensPerRun() {
      return pace.tokensPerRun;
    },
  };
  const learning = await IntermediateLearning.create(model, stage.shared, stage.data, options, start);
  try {
    const work = plannedWork(stage, learning.loop.totalSteps);
    if (start !== undefined && found !== undefined) {
      context.emit({ kind: "resumed", step: start.step, steps: learning.loop.totalSteps });
      meter.skip(start.step * work.perStep);
    }
    const brokenStep = await train(context, stage, learning, work.perStep);
    meter.skip((learning.loop.totalSteps - learning.loop.step) * work.perStep);
    return { result: learning.result(), brokenStep };
  } finally {
    await learning.release();
  }
}

/** The newest checkpoint that is not damaged; where all are, training begins anew, which is told. */
function soundCheckpoint({ store, emit }: LearningContext, runId: string): Checkpoint | undefined {
  try {
    return store.learningRuns.newestCheckpoint(runId);
  } catch (cause) {
    if (!(cause instanceof StoreChecksumError)) throw cause;
    const message = said("What was learned so far in this run is damaged on the disk.");
    emit({ kind: "notice", message, advice: said("Learning begins anew; nothing else is affected.") });
    return undefined;
  }
}

/** Gives the step whose loss was no number, if there was one. */
async function train(
  context: LearningContext,
  stage: MaskingStage,
  learning: IntermediateLearning,
  workPerStep: number,
): Promise<number | undefined> {
  let boundary = learning.state();
  let savedMs = context.clock();
  let told = boundary.curve.length;
  try {
    while (!learning.loop.isFinished) {
      const loss = await learning.loop.advance(context.breathe);
      if (!isSound(loss, learning)) {
        return learning.loop.step;
      }
      boundary = learning.state();
      context.meter.add(workPerStep);
      told = tellEpochs(context, boundary, told);
      tellProgress(context, "masking");
      if (context.clock() - savedMs >= context.job.options.checkpointMs || learning.loop.isFinished) {
        save(context, stage, boundary, learning.loop.totalSteps);
        savedMs = context.clock();
      }
    }
  } catch (cause) {
    if (cause instanceof LearningStopped && cause.how === "pause") {
      save(context, stage, boundary, learning.loop.totalSteps);
    }
    throw cause;
  }
  return undefined;
}

/** Whether the step and, where it ended an epoch, the measurement after it gave numbers. */
function isSound(loss: number, { loop: { curve } }: IntermediateLearning): boolean {
  return Number.isFinite(loss) && Number.isFinite(curve.at(-1)?.heldOut?.loss ?? 0);
}

function tellEpochs({ emit }: LearningContext, { curve }: IntermediateState, told: number): number {
  for (const { epoch, trainLoss, heldOut } of curve.slice(told)) {
    emit({ kind: "epoch", epoch, trainLoss, heldOutLoss: heldOut?.loss });
  }
  return curve.length;
}

function save(
  { store, lease }: LearningContext,
  { runId, clock }: MaskingStage,
  state: IntermediateState,
  steps: number,
): void {
  store.inTransaction(() => {
    lease.confirm();
    store.learningRuns.saveCheckpoint(
      runId,
      toCheckpoint(state),
      clock.progress("masking", state.step, steps),
    );
  });
}

/** Work in tokens passed forward; measuring the held-out text after each epoch is shared out over the steps. */
export function maskingWork({ data, training }: Pick<MaskingStage, "data" | "training">): number {
  const { train, heldOut } = data;
  const epochs = plannedEpochs(train, training);
  return passesPerTrainingToken * epochs * countTokens(train) + (epochs + 1) * countTokens(heldOut);
}

export function countTokens(passages: readonly { readonly ids: ArrayLike<number> }[]): number {
  return passages.reduce((sum, { ids }) => sum + ids.length, 0);
}

function plannedWork(stage: MaskingStage, totalSteps: number): { readonly perStep: number } {
  return { perStep: maskingWork(stage) / Math.max(1, totalSteps) };
}
