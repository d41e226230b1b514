import { PretrainedModel } from "../plm/pretrained-model.ts";
import { generalReader } from "../profile/profile.ts";
import type { FromLearner, LearningJob, LearningOutcome } from "../protocol/learner-messages.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { readIntoStore } from "./corpus-stage.ts";
import { LearningStopped, NoTextError } from "./errors.ts";
import { readLabelsIntoStore } from "./label-stage.ts";
import type { LearningContext } from "./learning-context.ts";
import { prepareCorpus } from "./learning-corpus.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import { openingNotices } from "./opening-notices.ts";
import { Pace } from "./pace.ts";
import { alreadyLearned, learnProfile, planOf } from "./profile-run.ts";
import { withSparedMemory } from "./spare-memory.ts";
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
 * what held-out text lets through. Goes on from the last checkpoint of the same job; where nothing has
 * changed it does nothing.
 *
 * Throws LearningStopped when it is paused or cancelled, and errors with advice for everything else.
 */
export async function learn(job: LearningJob, ports: LearnerPorts): Promise<LearningOutcome> {
  const store = openStore(job.storePath, { clock: ports.clock });
  try {
    for (const notice of openingNotices(store.opening)) {
      ports.emit({ kind: "notice", ...notice });
    }
    const lease = await LeaseKeeper.take(store.lease, ports.clock);
    try {
      return await learnWithLease(job, ports, store, lease);
    } finally {
      lease.release();
    }
  } finally {
    store.close();
  }
}

async function learnWithLease(
  job: LearningJob,
  { emit, clock, onPace }: LearnerPorts,
  store: Store,
  lease: LeaseKeeper,
): Promise<LearningOutcome> {
  const { cpuPercent, tokensPerRun } = job.options;
  const pace = new Pace({ cpuPercent, tokensPerRun, beat: lease.beat, clock });
  onPace(pace);
  const { breathe } = pace;
  const model = await PretrainedModel.open(job.modelPath, job.cachePath);
  const writer = store.writers.ensure(job.writer);
  const notice = (message: string, advice: string) => emit({ kind: "notice", message, advice });
  const { folders, corpus: settings = {} } = job;
  const found = await readIntoStore({ store, writer, folders, settings, notice, breathe });
  const meter = new WorkMeter(clock);
  const context: LearningContext = { job, store, writer, model, lease, meter, clock, emit, breathe, pace };
  const corpus = await prepareCorpus(context, found.folders);
  const { documents, passages, words, tags } = corpus.summary;
  emit({ kind: "found", ...found, folders: [...found.folders], documents, passages, words, tags });
  if (documents === 0) {
    throw new NoTextError(found.folders, found.files);
  }
  store.writers.setFolders(writer.id, found.folders);
  const reader = generalReader(model);
  const plan = planOf(context, reader, corpus);
  const known = alreadyLearned(context, reader, plan, corpus);
  if (known !== undefined) {
    return known;
  }
  const { maximumFileBytes } = settings;
  await readLabelsIntoStore({ store, writer, folders: found.folders, maximumFileBytes, notice, breathe });
  const spare = () => pace.shortenForGood();
  return stoppable(context, () => withSparedMemory(spare, () => learnProfile(context, reader, corpus, plan)));
}

/** Writes down that a run was paused or cancelled before it ends that way. */
async function stoppable<T>({ store, writer }: LearningContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const run = store.learningRuns.unfinished(writer.id);
    if (run !== undefined && cause instanceof LearningStopped) {
      const { progress } = run.state;
      const state =
        cause.how === "cancel"
          ? ({ kind: "cancelled", progress } as const)
          : ({ kind: "paused", progress, reason: cause.reason } as const);
      store.learningRuns.setState(run.id, state);
    }
    throw cause;
  }
}
