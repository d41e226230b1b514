import { NotFiniteError } from "../graph/errors.ts";
import { type GeneralReader, profileFormatVersion } from "../profile/profile.ts";
import { inEnglish } from "../said/said.ts";
import { foreseen } from "../said/said-error.ts";
import { LeaseLostError } from "../session/errors.ts";
import { StoreError } from "../store/errors.ts";
import type { LearningRun, LearningState } from "../store/repositories/learning-runs.ts";
import type { Store } from "../store/store.ts";
import { LearningStopped } from "./errors.ts";
import { isWhole, type LearningPlan, learnTheSame, planOf } from "./learning-plan.ts";

/** A run that has begun and can go on. */
export interface ResumableRun {
  readonly run: LearningRun;
  readonly plan: LearningPlan;
}

/** Who has begun to work on a run says so at once: should it be killed soon, nobody must think that it was asked to stop. */
export function markRunning(store: Store, writerId: number): void {
  const run = store.learningRuns.resumable(writerId);
  if (run !== undefined) {
    store.learningRuns.setState(run.id, { kind: "running", progress: run.state.progress });
  }
}

/**
 * The writer's run that goes on. One that cannot is given up: its text was erased since, it is about another model or
 * seed, or its version of Idiolect kept profiles otherwise.
 */
export function resumeRun(
  store: Store,
  writerId: number,
  reader: GeneralReader,
  seed: number,
): ResumableRun | undefined {
  const run = store.learningRuns.unfinished(writerId);
  if (run === undefined) return undefined;
  const plan = planOf(run.plan);
  if (plan !== undefined && canGoOn(plan, store, writerId, reader) && plan.options.seed === seed) {
    return { run, plan };
  }
  store.learningRuns.setState(run.id, { kind: "cancelled", progress: run.state.progress });
  return undefined;
}

/** The writer's newest run, if it failed and would learn what is to be learned now: it goes on where it was. */
export function retryFailedRun(
  store: Store,
  writerId: number,
  reader: GeneralReader,
  present: LearningPlan,
): LearningRun | undefined {
  const [newest] = store.learningRuns.list(writerId);
  const plan = newest?.state.kind === "failed" ? planOf(newest.plan) : undefined;
  if (newest === undefined || plan === undefined) return undefined;
  if (!learnTheSame(plan, present) || !canGoOn(plan, store, writerId, reader)) return undefined;
  store.learningRuns.setState(newest.id, { kind: "running", progress: newest.state.progress });
  return newest;
}

function canGoOn(plan: LearningPlan, store: Store, writerId: number, reader: GeneralReader): boolean {
  const { format, reader: readerId, from } = plan;
  const versions = store.profileVersions.list(writerId);
  return (
    format === profileFormatVersion &&
    readerId === reader.id &&
    (from === undefined || versions.some(({ id }) => id === from)) &&
    isWhole(plan, store, writerId)
  );
}

/** Does `work`, and where that ends a writer's run before its time, writes down how. */
export async function notingEnd<T>(store: Store, writerName: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const writer = store.writers.named(writerName);
    const run = writer && store.learningRuns.unfinished(writer.id);
    if (run !== undefined && !(cause instanceof LeaseLostError)) {
      noteEnd(store, run, cause);
    }
    throw cause;
  }
}

function noteEnd(store: Store, run: LearningRun, cause: unknown): void {
  try {
    store.learningRuns.setState(run.id, endOf(run, cause));
  } catch (second) {
    // A store that cannot be written is what went wrong, most likely; that is what is told.
    if (!(second instanceof StoreError)) throw second;
  }
}

function endOf({ state: { progress } }: LearningRun, cause: unknown): LearningState {
  if (cause instanceof LearningStopped) {
    return cause.how === "cancel"
      ? { kind: "cancelled", progress }
      : { kind: "paused", progress, reason: cause.reason };
  }
  const { message } = cause instanceof Error ? cause : new Error(String(cause));
  const told = foreseen(cause);
  return {
    kind: "failed",
    progress,
    message: told === undefined ? message : inEnglish(told.message),
    advice: told && inEnglish(told.advice),
    told,
    // What was foreseen lies in the surroundings; what was not may lie in the text, and would happen again.
    canGoOn: told !== undefined && !(cause instanceof NotFiniteError),
  };
}
