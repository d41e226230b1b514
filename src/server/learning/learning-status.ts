import { LearnerDiedError } from "../../learner/errors.ts";
import { reportShape } from "../../profile/report.ts";
import {
  type LearnAnswer,
  type LearningStatus,
  pauseReasons,
  type SinceLearned,
  type WriterSummary,
} from "../../protocol/learning-status.ts";
import { inEnglish, said, type Told } from "../../said/said.ts";
import { toldOf } from "../../said/said-error.ts";
import { livingHolder } from "../../session/lease-keeper.ts";
import { StoreError } from "../../store/errors.ts";
import type { LearningRun } from "../../store/repositories/learning-runs.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { describeCounts } from "../../words/describe-counts.ts";
import { describeLanguages, describeWhatIsLearned } from "../../words/describe-languages.ts";
import { formatProgress, formatTimeOfDay } from "../../words/format.ts";
import { t } from "../language.ts";
import { sayTold } from "../say-told.ts";
import { spokenGates } from "../spoken-gates.ts";

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

/** Where opening the store has failed; throws what it is given where that is another failure. */
export function unopenedStatus(cause: unknown): LearningStatus {
  if (!(cause instanceof StoreError)) throw cause;
  const { message: reason, advice } = sayTold(cause.told);
  return { kind: "unopened", reason, advice };
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
  const { told, message, advice } = failed.run.state;
  if (told !== undefined) return failedLearning(failed.writer.name, told);
  return {
    kind: "failed",
    writer: failed.writer.name,
    reason: message,
    advice: advice ?? t("Try again; see the log for more."),
  };
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
  const { documents, words, tags, languages } = corpus;
  const known = {
    name,
    folders,
    documents,
    words,
    tags,
    learnedMs: active.createdMs,
    gates: spokenGates(gate),
  };
  return languages === undefined ? known : { ...known, languages };
}

/** A status that also says what is new since the text was read. While that is being read nothing can be said. */
export function withNews(
  status: LearningStatus,
  since: (writer: string) => SinceLearned | undefined,
): LearningStatus {
  switch (status.kind) {
    case "idle":
      return { ...status, writers: status.writers.map((one) => ({ ...one, ...newsOf(since(one.name)) })) };
    case "learning":
      return status.stage === "corpus" ? status : { ...status, ...newsOf(since(status.writer)) };
    case "paused":
      return { ...status, ...newsOf(since(status.writer)) };
    case "unlearned":
    case "readsOnly":
    case "unopened":
    case "elsewhere":
    case "failed":
      return status;
    default:
      return status satisfies never;
  }
}

const newsOf = (since: SinceLearned | undefined): { readonly since?: SinceLearned } =>
  since === undefined ? {} : { since };

/** How learning stands, in a sentence or two. */
export function describeStatus(status: LearningStatus): string {
  switch (status.kind) {
    case "unlearned":
      return t("Nothing has been learned yet.");
    case "readsOnly":
    case "unopened":
      return `${status.reason} ${status.advice}`;
    case "idle":
      return [
        ...status.writers.map((writer) =>
          t("Learned: {0}.", [writer.name, ...describeSummary(writer)].join(", ")),
        ),
        ...(status.readsOnly === undefined ? [] : [status.readsOnly.reason, status.readsOnly.advice]),
      ].join(" ");
    case "learning":
      if (status.waits?.for === "mains") return t("Learning {0} waits for mains power.", status.writer);
      if (status.waits !== undefined) {
        return t("Learning {0} waits until {1}.", status.writer, formatTimeOfDay(status.waits.untilMs, t));
      }
      return t("Learning {0}: {1}.", status.writer, formatProgress(status.fraction));
    case "paused":
      return t("Learning {0} is paused at {1}.", status.writer, formatProgress(status.fraction));
    case "elsewhere":
      return t("Another window or a terminal is learning (process {0}).", status.processId);
    case "failed":
      return t("Learning {0} failed: {1} {2}", status.writer, status.reason, status.advice);
    default:
      return status satisfies never;
  }
}

function describeSummary({ documents, words, tags, languages }: WriterSummary): readonly string[] {
  const told =
    languages === undefined ? [] : [describeLanguages(languages, t), describeWhatIsLearned(languages, t)];
  return [describeCounts({ documents, words, tags }, t), ...told.filter((part) => part !== undefined)];
}

/** How a run failed, in words for the user. */
export type LearningFailure = Extract<LearningStatus, { kind: "failed" }>;

/** Undefined where it only met another process that learns: that one is the status then. */
export function failureOf(cause: unknown): Told | undefined {
  if (isBusyElsewhere(cause)) return undefined;
  if (cause instanceof LearnerDiedError) {
    return {
      message: said("The learner has stopped unexpectedly several times."),
      advice: said("Nothing is lost. Close other programs if the machine is short of memory, then resume."),
    };
  }
  return toldOf(cause, said("Try again; see the log for more."));
}

/** The status of a failure in the editor's language. */
export function failedLearning(writer: string, told: Told): LearningFailure {
  const { message: reason, advice } = sayTold(told);
  return { kind: "failed", writer, reason, advice };
}

/**
 * Keeps with the run that it failed, as no learner could that has died: no window must take it up by itself. Asked to,
 * it goes on where it was.
 */
export function noteFailure(store: Store, writer: string, told: Told): void {
  const known = store.writers.named(writer);
  const run = known && store.learningRuns.unfinished(known.id);
  if (run === undefined || livingHolder(store.lease, Date.now) !== undefined) return;
  const { progress } = run.state;
  const english = { message: inEnglish(told.message), advice: inEnglish(told.advice) };
  store.learningRuns.setState(run.id, { kind: "failed", progress, ...english, told, canGoOn: true });
}

export function refused(reason: string, advice: string): LearnAnswer {
  return { kind: "refused", reason, advice };
}

function isBusyElsewhere(cause: unknown): boolean {
  return cause instanceof Error && "kind" in cause && cause.kind === "LearnerBusyError";
}
