import { diskFileSource } from "../corpus/files/file-source.ts";
import { placesOf } from "../corpus/files/paths.ts";
import { knownFiles } from "../profile/corpus-options.ts";
import type { GeneralReader } from "../profile/profile.ts";
import { reportShape } from "../profile/report.ts";
import type { FromLearner, LearningJob, LearningOutcome } from "../protocol/learner.ts";
import { learningUnavailable } from "../session/learning-unavailable.ts";
import { LeaseKeeper } from "../session/lease-keeper.ts";
import { Session } from "../session/session.ts";
import { openStore } from "../store/open-store.ts";
import type { LearningRun } from "../store/repositories/learning-runs.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import { chosenCorpus, keepChoice } from "./corpus/chosen-files.ts";
import { type CorpusConsent, eraseWithdrawn } from "./corpus/corpus-consent.ts";
import { type LearningCorpus, prepareCorpus } from "./corpus/learning-corpus.ts";
import {
  type CorpusSummary,
  readIntoStore,
  refuseMissingFolders,
  type TellNotice,
} from "./corpus/read-into-store.ts";
import { recallSentences } from "./corpus/recall-sentences.ts";
import { hasProfile } from "./early-tags.ts";
import { NoTextError } from "./errors.ts";
import { learnOwnWords } from "./learn-own-words.ts";
import { alreadyLearned, learnProfile, startRun } from "./learn-profile.ts";
import type { LearningContext } from "./learning-context.ts";
import { presentPlan } from "./learning-plan.ts";
import { withSparedMemory } from "./out-of-memory.ts";
import { Pace } from "./pace.ts";
import { powerSource } from "./power-source.ts";
import { markRunning, notingEnd, type ResumableRun, resumeRun, retryFailedRun } from "./resume-run.ts";
import { readLabelsIntoStore } from "./tone/read-labels.ts";
import { Waiting } from "./waiting.ts";
import { WorkMeter } from "./work-meter.ts";

/** What the learner needs from its surroundings. */
export interface LearnerPorts {
  readonly emit: (message: FromLearner) => void;
  readonly clock: () => number;
  /** Receives the pace once there is one, to stop or slow it. */
  readonly onPace: (pace: Pace) => void;
}

/**
 * Learns a writer from folders to a profile version in the store: reads what has changed, trains the
 * writer's prompts, measures them on held-out text, reads every document, fits tags and tone, and keeps
 * what held-out text lets through. Where nothing has changed it does nothing.
 *
 * A run that was begun goes on first, from its last checkpoint and with the text and the corrections it began with
 * (`LearningPlan`). What was saved or taught meanwhile is learned after it.
 *
 * Throws LearningStopped when it is paused or cancelled, and errors with advice for everything else.
 */
export async function learn(job: LearningJob, ports: LearnerPorts): Promise<LearningOutcome> {
  // Before anything is opened: a typing error must leave no trace.
  await refuseMissingFolders(job.folders);
  const unavailable = learningUnavailable();
  if (unavailable !== undefined) throw unavailable;
  await using session = new Session({
    places: () => job,
    tell: (notice) => ports.emit({ kind: "notice", ...notice }),
    openStore: (path) => openStore(path, { clock: ports.clock }),
  });
  const { store } = session;
  const lease = await LeaseKeeper.take(store.lease, ports.clock);
  try {
    return await notingEnd(store, job.writer, () => learnWithLease(job, ports, session, lease));
  } catch (cause) {
    // A folder without prose must not become somebody's name.
    store.writers.removeUnused(job.writer);
    throw cause;
  } finally {
    lease.release();
  }
}

/** A context without a plan: before it is known what is learned. */
interface Surroundings extends Omit<LearningContext, "plan"> {
  readonly pace: Pace;
}

async function learnWithLease(
  givenJob: LearningJob,
  { emit: emitAll, clock: wallClock, onPace }: LearnerPorts,
  session: Session,
  lease: LeaseKeeper,
): Promise<LearningOutcome> {
  const { store } = session;
  const emit = eachNoticeOnce(emitAll);
  const { cpuPercent, tokensPerRun } = givenJob.options;
  const waiting = new Waiting({ wish: givenJob.options, powerSource, emit, clock: wallClock });
  const pace = new Pace({ cpuPercent, tokensPerRun, beat: lease.beat, clock: wallClock, waiting });
  onPace(pace);
  const { breathe, workClock: clock } = pace;
  const writer = store.writers.ensure(givenJob.writer);
  markRunning(store, writer.id);
  const { reader } = await session.reading();
  const { model } = reader;
  const meter = new WorkMeter(clock);
  const corpus = chosenCorpus(store, writer, givenJob);
  keepChoice(store, writer, corpus, givenJob.corpus);
  const { voice = hasVoice(store, writer) } = givenJob.options;
  const job = { ...givenJob, corpus, options: { ...givenJob.options, voice } };
  const surroundings = { job, store, writer, model, lease, meter, clock, emit, breathe, pace, waiting };
  // The first tags take seconds, and somebody looks for them: what is long waits, and they do not.
  if (!hasProfile(surroundings, reader)) waiting.putOff();
  const consent =
    store.learningRuns.unfinished(writer.id) &&
    (await eraseWithdrawn(store, writer, corpus, knownFiles(store, writer)));
  const begun = resumeRun(store, writer.id, reader, job.options.seed);
  const first = await (begun === undefined || consent === undefined
    ? learnPresent(surroundings, reader, { isFollowUp: false })
    : goOn(surroundings, reader, begun, consent));
  if (first.learned.skipped) return first;
  // Once: what comes while this is learned waits for the next time.
  const second = await learnPresent(surroundings, reader, { isFollowUp: true });
  return second.learned.skipped ? first : { ...second, learned: together(first.learned, second.learned) };
}

/** Whether the writer's voice was to be learned before. */
function hasVoice({ profileVersions }: Store, { id }: Writer): boolean {
  const active = profileVersions.active(id);
  return active !== undefined && reportShape.parse(active.report).gate.voice !== undefined;
}

/** Folders are read more than once; what is noticed about them is told once. */
function eachNoticeOnce(emit: LearnerPorts["emit"]): LearnerPorts["emit"] {
  const told = new Set<string>();
  return (message) => {
    const text = message.kind === "notice" ? JSON.stringify([message.message, message.quoted]) : undefined;
    if (text === undefined || !told.has(text)) emit(message);
    if (text !== undefined) told.add(text);
  };
}

type Learned = LearningOutcome["learned"];

const together = (first: Learned, second: Learned): Learned => ({
  ...second,
  steps: first.steps + second.steps,
  seconds: first.seconds + second.seconds,
});

/** Ends a run with what it began with, whatever the files are now. */
async function goOn(
  surroundings: Surroundings,
  reader: GeneralReader,
  { run, plan }: ResumableRun,
  consent: CorpusConsent,
): Promise<LearningOutcome> {
  const { job } = surroundings;
  const context = { ...surroundings, plan, job: { ...job, options: { ...job.options, ...plan.options } } };
  const corpus = withConsent(await prepareCorpus(context, context.writer.folders), consent);
  tellFound(context, corpus, { files: corpus.documents.length, changed: 0 });
  return learnAll(context, reader, corpus, run);
}

/** Learns what there is now, unless that was learned before, which is no news after another run. */
async function learnPresent(
  surroundings: Surroundings,
  reader: GeneralReader,
  { isFollowUp }: { readonly isFollowUp: boolean },
): Promise<LearningOutcome> {
  const { store, writer, job } = surroundings;
  const found = await readFolders(surroundings);
  const plan = () => presentPlan(store, writer.id, reader, job.options);
  const known = alreadyLearned(surroundings, reader, plan());
  if (known !== undefined) {
    if (!isFollowUp) {
      const { documents, passages, words, tags } = known;
      surroundings.emit({ kind: "found", ...tellable(found), documents, passages, words, tags });
      await sparingMemory(surroundings, () => learnOwnWords(surroundings, reader));
    }
    return known;
  }
  const changedMeanwhile = await readLabelVectors(surroundings, found.folders);
  const context = { ...surroundings, plan: plan() };
  const corpus = withConsent(await prepareCorpus(context, found.folders), found);
  tellFound(context, corpus, { ...found, changed: found.changed + changedMeanwhile });
  if (corpus.documents.length === 0) {
    const leftOut = found.leftOut.reduce((sum, { documents }) => sum + documents, 0);
    throw new NoTextError(found.folders, found.files, leftOut);
  }
  const places = { ...(await placesOf(found.folders, diskFileSource)), ...writer.places };
  store.writers.setFolders(writer.id, found.folders, places);
  const run =
    retryFailedRun(store, writer.id, reader, context.plan) ?? (await startRun(context, reader, corpus));
  return learnAll(context, reader, corpus, run);
}

/** A profile, and what can be told of it once it is in use. */
async function learnAll(
  context: LearningContext & Surroundings,
  reader: GeneralReader,
  corpus: LearningCorpus,
  run: LearningRun,
): Promise<LearningOutcome> {
  const outcome = await sparingMemory(context, () => learnProfile(context, reader, corpus, run));
  await sparingMemory(context, () => learnOwnWords(context, reader));
  return outcome;
}

async function readFolders(surroundings: Surroundings, suspect: readonly string[] = []) {
  const { store, writer, job, emit, breathe } = surroundings;
  const notice = noticeBy(emit);
  const { folders, corpus: settings = {} } = job;
  const found = await readIntoStore({ store, writer, folders, settings, notice, breathe }, suspect);
  recallSentences(store, writer.id);
  return found;
}

/** Without what has no value, and with lists of its own, as messages have them. */
function tellable({ folders, files, changed, authors, leftOut }: CorpusSummary) {
  return { folders: [...folders], files, changed, authors: [...authors], leftOut: [...leftOut] };
}

function withConsent(
  { documents, summary }: LearningCorpus,
  { author, authors, leftOut }: CorpusConsent,
): LearningCorpus {
  const consent = { author, authors: [...authors], leftOut: [...leftOut] };
  return { documents, summary: { ...summary, ...consent } };
}

const noticeBy =
  (emit: LearnerPorts["emit"]): TellNotice =>
  (message, advice, quoted) =>
    emit({ kind: "notice", message, advice, quoted });

/** So often files are read again that were saved while they were read. */
const mostReadings = 3;

/** Reads the labels, and once more files that were saved since their text was read. Gives how many texts that changed. */
async function readLabelVectors(surroundings: Surroundings, folders: readonly string[]): Promise<number> {
  const { store, writer, job, emit, breathe } = surroundings;
  const maximumFileBytes = job.corpus?.maximumFileBytes;
  const notice = noticeBy(emit);
  let changed = 0;
  for (let reading = 1; ; reading++) {
    const saved = await readLabelsIntoStore({ store, writer, folders, maximumFileBytes, notice, breathe });
    if (saved.length === 0 || reading === mostReadings) return changed;
    changed += (await readFolders(surroundings, saved)).changed;
  }
}

function tellFound(
  { emit }: LearningContext,
  { summary }: LearningCorpus,
  { files, changed }: { readonly files: number; readonly changed: number },
): void {
  const { documents, passages, words, tags, folders, authors, leftOut, languages } = summary;
  const found = { files, changed, documents, passages, words, tags, folders: [...folders] };
  emit({ kind: "found", ...found, authors, leftOut, languages });
}

const sparingMemory = <T>({ pace }: Surroundings, work: () => Promise<T>): Promise<T> =>
  withSparedMemory(() => pace.shortenForGood(), work);
