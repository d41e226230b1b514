import { LearnerDiedError } from "../../learner/errors.ts";
import type { LearnAnswer, LearningStatus } from "../../protocol/learning-status.ts";
import { livingHolder } from "../../session/lease-keeper.ts";
import type { Store } from "../../store/store.ts";

/** How a run failed, in words for the user. */
export type LearningFailure = Extract<LearningStatus, { kind: "failed" }>;

/** Undefined where it only met another process that learns: that one is the status then. */
export function failureOf(writer: string, cause: unknown): LearningFailure | undefined {
  if (isBusyElsewhere(cause)) return undefined;
  if (cause instanceof LearnerDiedError) {
    return {
      kind: "failed",
      writer,
      reason: "The learner has stopped unexpectedly several times.",
      advice: "Nothing is lost. Close other programs if the machine is short of memory, then resume.",
    };
  }
  const { message } = cause instanceof Error ? cause : new Error(String(cause));
  const hasAdvice = cause instanceof Error && "advice" in cause && typeof cause.advice === "string";
  const advice = hasAdvice ? (cause as { advice: string }).advice : "Try again; see the log for more.";
  return { kind: "failed", writer, reason: message.replace(advice, "").trim(), advice };
}

/**
 * Keeps with the run that it failed, as no learner could that has died: no window must take it up by itself. Asked to,
 * it goes on where it was.
 */
export function noteFailure(store: Store, { writer, reason, advice }: LearningFailure): void {
  const known = store.writers.named(writer);
  const run = known && store.learningRuns.unfinished(known.id);
  if (run === undefined || livingHolder(store.lease, Date.now) !== undefined) return;
  const { progress } = run.state;
  store.learningRuns.setState(run.id, { kind: "failed", progress, message: reason, advice, canGoOn: true });
}

export function refused(reason: string, advice: string): LearnAnswer {
  return { kind: "refused", reason, advice };
}

function isBusyElsewhere(cause: unknown): boolean {
  return cause instanceof Error && "kind" in cause && cause.kind === "LearnerBusyError";
}
