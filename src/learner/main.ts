import { constants, setPriority } from "node:os";
import { canonicalPath } from "../corpus/files/canonical-path.ts";
import { diskFileSource } from "../corpus/files/file-source.ts";
import { proposeFolders, surveyFolder } from "../corpus/files/propose.ts";
import { LanguageTeller } from "../corpus/language-teller.ts";
import type {
  CorpusSettings,
  FromLearner,
  LearningJob,
  LearningPace,
  ProposedFolder,
} from "../protocol/learner.ts";
import { toLearnerShape } from "../protocol/learner.ts";
import { said } from "../said/said.ts";
import { foreseen } from "../said/said-error.ts";
import { LearningStopped, MessageError } from "./errors.ts";
import { learn } from "./learn.ts";
import type { Pace } from "./pace.ts";

/*
 * The learner process. It is forked, takes one job, tells how it goes, and ends: when it is done, when it
 * is told to, and when its parent goes away (then it writes a checkpoint first).
 */

let pace: Pace | undefined;
/** A stop that came before there was anything to stop. */
let earlyStop: readonly ["pause" | "cancel", string] | undefined;
/** What was last said about the pace. */
let wishedPace: LearningPace | undefined;

function emit(message: FromLearner): void {
  if (process.connected) {
    // With a callback a parent that has just gone is no uncaught error; `disconnect` follows.
    process.send?.(message, undefined, undefined, () => undefined);
  }
}

function stop(how: "pause" | "cancel", reason: string): void {
  earlyStop = [how, reason];
  pace?.stop(how, reason);
}

function onPace(made: Pace): void {
  pace = made;
  if (wishedPace !== undefined) {
    made.follow(wishedPace);
  }
  if (earlyStop !== undefined) {
    made.stop(...earlyStop);
  }
}

/** Does what the process is for, tells how it ended, and lets it end. */
async function work(task: () => Promise<FromLearner>): Promise<void> {
  try {
    emit(await task());
  } catch (cause) {
    emit(ending(cause));
    process.exitCode = cause instanceof LearningStopped ? 0 : 1;
  }
  if (process.connected) {
    process.disconnect();
  }
}

async function learnJob(job: LearningJob): Promise<FromLearner> {
  const folders = job.folders.map((folder) => canonicalPath(folder));
  return { kind: "done", outcome: await learn({ ...job, folders }, { emit, clock: Date.now, onPace }) };
}

/** Ends at once when nobody is left to hear the answer: there is nothing to keep. */
async function propose(
  roots: readonly string[],
  isWhole: boolean,
  settings: CorpusSettings = {},
): Promise<FromLearner> {
  const leave = () => process.exit();
  process.on("disconnect", leave).on("SIGTERM", leave);
  const proposals = [...(await foldersBelow(roots, isWhole, settings))];
  process.off("disconnect", leave).off("SIGTERM", leave);
  return { kind: "proposed", proposals };
}

/**
 * Proposes folders below several roots, each once, most words first; `isWhole`: the roots themselves, with
 * all that is in them. A root that cannot be listed has nothing.
 */
async function foldersBelow(
  roots: readonly string[],
  isWhole: boolean,
  settings: CorpusSettings,
): Promise<readonly ProposedFolder[]> {
  const options = { ...settings, teller: await LanguageTeller.open() };
  const found = new Map<string, ProposedFolder>();
  for (const root of new Set(roots.map((one) => canonicalPath(one)))) {
    const proposals = isWhole
      ? [await surveyFolder(root, diskFileSource, options)]
      : await proposeFolders(root, diskFileSource, options);
    for (const proposal of proposals) {
      const { authors, languages } = proposal;
      const lists = { authors: [...authors], languages: { ...languages, counts: [...languages.counts] } };
      found.set(proposal.folder, { ...proposal, ...lists });
    }
  }
  return [...found.values()].sort((a, b) => b.words - a.words || (a.folder < b.folder ? -1 : 1));
}

function ending(cause: unknown): FromLearner {
  if (cause instanceof LearningStopped) {
    return cause.how === "pause" ? { kind: "paused", reason: cause.reason } : { kind: "cancelled" };
  }
  const { name, message, stack } = cause instanceof Error ? cause : new Error(String(cause));
  return { kind: "failed", name, message, told: foreseen(cause), stack };
}

function receive(received: unknown): void {
  const parsed = toLearnerShape.safeParse(received);
  if (!parsed.success) {
    emit(ending(new MessageError(said("parent of the learner"), parsed.error)));
    process.exit(1);
  }
  const message = parsed.data;
  switch (message.kind) {
    case "learn":
      // Whoever asks for folders waits for them; learning is to be felt by nobody.
      setPriority(constants.priority.PRIORITY_LOW);
      void work(() => learnJob(message.job));
      return;
    case "propose":
      void work(() => propose(message.roots, message.isWhole, message.corpus));
      return;
    case "pause":
      stop("pause", "paused");
      return;
    case "cancel":
      stop("cancel", "cancelled");
      return;
    case "pace":
      wishedPace = message;
      pace?.follow(message);
      return;
    default:
      message satisfies never;
  }
}

process.on("message", receive);
process.on("disconnect", () => stop("pause", "the program that started it has ended"));
process.on("SIGTERM", () => stop("pause", "asked to end"));
// Ctrl-C in a terminal reaches the whole group; the parent decides what it means.
process.on("SIGINT", () => undefined);
emit({ kind: "ready" });
