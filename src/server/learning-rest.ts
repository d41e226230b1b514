import { livingHolder } from "../learner/lease-keeper.ts";
import { reportShape } from "../profile/report.ts";
import { type LearningStatus, pauseReasons, type WriterSummary } from "../protocol/editor-messages.ts";
import type { LearningRun } from "../store/learning-runs.ts";
import type { Store } from "../store/store.ts";
import type { Writer } from "../store/writers.ts";

/** What the store says while this server has no learner at work. */
export function restingStatus(store: Store, clock: () => number): LearningStatus {
  const elsewhere = elsewhereStatus(store, clock);
  if (elsewhere !== undefined) return elsewhere;
  const unfinished = unfinishedRun(store);
  if (unfinished !== undefined) return pausedStatus(unfinished.writer, unfinished.run);
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

/** The newest run of any writer that can go on. */
export function unfinishedRun(
  store: Store,
): { readonly writer: Writer; readonly run: LearningRun } | undefined {
  const found = store.writers.list().flatMap((writer) => {
    const run = store.learningRuns.unfinished(writer.id);
    return run === undefined ? [] : [{ writer, run }];
  });
  return found.toSorted((a, b) => b.run.updatedMs - a.run.updatedMs)[0];
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
