import {
  type IntermediateData,
  IntermediateLearning,
  type IntermediateResult,
  type IntermediateState,
  intermediateDefaults,
  plannedEpochs,
} from "../learning/intermediate-learning.ts";
import type { SoftPrompts } from "../prompts/soft-prompts.ts";
import { LearningStopped } from "./errors.ts";
import { type LearningContext, type RunClock, tellProgress } from "./learning-context.ts";
import { fromCheckpoint, toCheckpoint } from "./masking-checkpoint.ts";

type EpochOptions = Parameters<typeof plannedEpochs>[1];

/** A training token costs a pass forward and about two more backward. */
export const passesPerTrainingToken = 3;

export interface MaskingStage {
  readonly runId: string;
  readonly clock: RunClock;
  readonly shared: SoftPrompts;
  readonly data: IntermediateData;
}

/**
 * Trains the writer's delta, from the run's newest checkpoint if there is one. Writes a checkpoint at
 * intervals, at the end, and when it is told to pause.
 */
export async function learnMasking(
  context: LearningContext,
  stage: MaskingStage,
): Promise<IntermediateResult> {
  const { model, job, store, meter, pace } = context;
  const found = store.learningRuns.newestCheckpoint(stage.runId);
  const start = found === undefined ? undefined : fromCheckpoint(found);
  const options = {
    ...intermediateDefaults,
    ...job.options,
    // Asked for at each step: a step's gradients are the same however it is cut, up to rounding.
    get tokensPerRun() {
      return pace.tokensPerRun;
    },
  };
  const learning = await IntermediateLearning.create(model, stage.shared, stage.data, options, start);
  try {
    const work = plannedWork(stage, learning.totalSteps, job.options);
    if (start !== undefined) {
      context.emit({ kind: "resumed", step: start.step, steps: learning.totalSteps });
      meter.skip(start.step * work.perStep);
    }
    await train(context, stage, learning, work.perStep);
    meter.skip((learning.totalSteps - learning.step) * work.perStep);
    return learning.result();
  } finally {
    await learning.release();
  }
}

async function train(
  context: LearningContext,
  stage: MaskingStage,
  learning: IntermediateLearning,
  workPerStep: number,
): Promise<void> {
  let boundary = learning.state();
  let savedMs = context.clock();
  let told = boundary.curve.length;
  try {
    while (!learning.isFinished) {
      await learning.advance(context.breathe);
      boundary = learning.state();
      context.meter.add(workPerStep);
      told = tellEpochs(context, boundary, told);
      tellProgress(context, "masking");
      if (context.clock() - savedMs >= context.job.options.checkpointMs || learning.isFinished) {
        save(context, stage, boundary, learning.totalSteps);
        savedMs = context.clock();
      }
    }
  } catch (cause) {
    if (cause instanceof LearningStopped && cause.how === "pause") {
      save(context, stage, boundary, learning.totalSteps);
    }
    throw cause;
  }
}

function tellEpochs({ emit }: LearningContext, { curve }: IntermediateState, told: number): number {
  for (const { epoch, trainLoss, heldOut } of curve.slice(told)) {
    emit({
      kind: "epoch",
      epoch,
      ...(trainLoss === undefined ? {} : { trainLoss }),
      ...(heldOut === undefined ? {} : { heldOutLoss: heldOut.loss }),
    });
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
export function maskingWork({ train, heldOut }: IntermediateData, options: EpochOptions): number {
  const epochs = plannedEpochs(train, options);
  return passesPerTrainingToken * epochs * countTokens(train) + (epochs + 1) * countTokens(heldOut);
}

export function countTokens(passages: readonly { readonly ids: ArrayLike<number> }[]): number {
  return passages.reduce((sum, { ids }) => sum + ids.length, 0);
}

function plannedWork(
  { data }: MaskingStage,
  totalSteps: number,
  options: EpochOptions,
): { readonly perStep: number } {
  return { perStep: maskingWork(data, options) / Math.max(1, totalSteps) };
}
