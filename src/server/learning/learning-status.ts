import { reportShape } from "../../profile/report.ts";
import { type LearningStatus, pauseReasons, type WriterSummary } from "../../protocol/learning-status.ts";
import { livingHolder } from "../../session/lease-keeper.ts";
import type { LearningRun } from "../../store/repositories/learning-runs.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import type { LearningFailure } from "./learning-failures.ts";

/** What the store says while this server has no learner at work. */
export function restingStatus(store: Store, clock: () => number): LearningStatus {
  const elsewhere = elsewhereStatus(store, clock);
  if (elsewhere !== undefined) return elsewhere;
  const unfinished = unfinishedRun(store);
  if (unfinished !== undefined) return pausedStatus(unfinished.writer, unfinished.run);
  const failed = failedStatus(store);
  if (failed !== undefined) return failed;
  const writers = store.writers.list().map((writer) => summarise(store, writer));
  return writers.some(({ learnedMs }) => learnedMs !== undefined)
    ? { kind: "idle", writers }
    : { kind: "unlearned" };
}

/** Undefined where no other process learns. */
export function elsewhereStatus(
  store: Store,
  clock: () => number,
): (LearningStatus & { readonly kind: "elsewhere" }) | undefined {
  const holder = livingHolder(store.lease, clock);
  if (holder === undefined) return undefined;
  const hasTags = store.writers.list().some(({ id }) => store.profileVersions.active(id) !== undefined);
  return { kind: "elsewhere", processId: holder.processId, hasTags };
}

interface RunOfWriter {
  readonly writer: Writer;
  readonly run: LearningRun;
}

/** The newest run of any writer that goes on by itself, or when somebody asks for it. */
export function unfinishedRun(store: Store): RunOfWriter | undefined {
  return newestRuns(store).find(({ run: { state } }) => state.kind === "running" || state.kind === "paused");
}

/** The newest run of any writer, if it failed. */
export function failedRun(store: Store): RunOfWriter | undefined {
  const [newest] = newestRuns(store);
  return newest?.run.state.kind === "failed" ? newest : undefined;
}

/** Changes when anybody learns, or looks whether there is something to learn. */
export function learningStamp(store: Store): string {
  const runs = newestRuns(store).map(({ run }) => `${run.id} ${run.updatedMs}`);
  return runs.join("\n");
}

/** One of each writer, newest first. */
function newestRuns(store: Store): readonly RunOfWriter[] {
  const found = store.writers.list().flatMap((writer) => {
    const [run] = store.learningRuns.list(writer.id);
    return run === undefined ? [] : [{ writer, run }];
  });
  return found.toSorted((a, b) => b.run.updatedMs - a.run.updatedMs);
}

function failedStatus(store: Store): LearningFailure | undefined {
  const failed = failedRun(store);
  if (failed?.run.state.kind !== "failed") return undefined;
  const { message, advice = "Try again; see the log for more." } = failed.run.state;
  return { kind: "failed", writer: failed.writer.name, reason: message, advice };
}

function pausedStatus({ name }: Writer, { state }: LearningRun): LearningStatus {
  const { step, steps } = state.progress;
  const isAskedFor = state.kind === "paused" && state.reason === pauseReasons.askedFor;
  return {
    kind: "paused",
    writer: name,
    fraction: steps === 0 ? 0 : step / steps,
    reason: isAskedFor ? pauseReasons.askedFor : pauseReasons.cutShort,
  };
}

/** A writer as the active profile knows it, else as the documents are. */
export function summarise(store: Store, { id, name, folders }: Writer): WriterSummary {
  const active = store.profileVersions.active(id);
  if (active === undefined) {
    const documents = store.documents.list(id);
    const words = documents.reduce((sum, document) => sum + document.words, 0);
    return { name, folders, documents: documents.length, words, tags: store.vocabulary.list(id).length };
  }
  const { corpus, gate } = reportShape.parse(active.report);
  const { documents, words, tags } = corpus;
  return { name, folders, documents, words, tags, learnedMs: active.createdMs, gates: gate };
}
