import { createHash } from "node:crypto";
import { z } from "zod";
import { encodeProfile, type GeneralReader, profileFormatVersion } from "../profile/profile.ts";
import { type ProfileReport, reportShape } from "../profile/report.ts";
import { textsForVectors } from "../profile/writer-passages.ts";
import type { LearningOutcome } from "../protocol/learner-messages.ts";
import { asJson, type JsonValue } from "../store/json-column.ts";
import type { LearningRun } from "../store/learning-runs.ts";
import { dropEarlyVersions, publishEarlyTags } from "./early-stage.ts";
import { type LearningContext, RunClock, tellProgress } from "./learning-context.ts";
import type { LearningCorpus } from "./learning-corpus.ts";
import { countTokens } from "./masking-stage.ts";
import { type Lesson, outcomeOf, reportOf } from "./profile-report.ts";
import { type PromptPlan, planPrompts } from "./prompt-plan.ts";
import { learnPrompts, promptWork } from "./prompt-stage.ts";
import { type ReadingStage, readDocuments, unreadDocuments } from "./reading-stage.ts";
import { learnTags } from "./tag-stage.ts";
import { tonePromptWork } from "./tone-prompt-stage.ts";
import { learnTone, toneWork } from "./tone-stage.ts";

/** Everything that decides what is learned. The same plan gives the same profile. */
export function planOf(
  { job, store, writer }: LearningContext,
  reader: GeneralReader,
  corpus: LearningCorpus,
): JsonValue {
  const { seed, maximumPassages, epochs, minimumSteps, peakRate, tokensPerStep, promptLength } = job.options;
  const documents = createHash("sha256");
  for (const { document } of corpus.documents) {
    documents.update(`${document.path}\0${document.hash}\n`);
  }
  const corrections = createHash("sha256");
  for (const { id } of store.corrections.current(writer.id)) {
    corrections.update(`${id}\n`);
  }
  return {
    format: profileFormatVersion,
    reader: reader.id,
    documents: documents.digest("hex"),
    corrections: corrections.digest("hex"),
    options: { seed, maximumPassages, epochs, minimumSteps, peakRate, tokensPerStep, promptLength },
  };
}

/**
 * The outcome of the active profile if the same plan was learned before: it was learned by it, or the writer went
 * back from what was learned by it, which is not to be learned again.
 */
export function alreadyLearned(
  { store, writer }: LearningContext,
  reader: GeneralReader,
  plan: JsonValue,
  corpus: LearningCorpus,
): LearningOutcome | undefined {
  const versions = store.profileVersions.list(writer.id);
  const active = versions.find(({ isActive }) => isActive);
  const isKept = (id: string | undefined) => versions.some((version) => version.id === id);
  const run = store.learningRuns
    .list(writer.id)
    .find(({ state }) => state.kind === "done" && isKept(state.profileVersion));
  if (active === undefined || active.baseModelId !== reader.id || run === undefined) {
    return undefined;
  }
  const { delta, learned } = store.profileVersions.blobs(active.id);
  if (delta !== undefined && learned === undefined) {
    // A version of Idiolect learned it that did not keep what its prompts have seen.
    return undefined;
  }
  if (!isSame(withoutStart(run.plan), plan)) {
    return undefined;
  }
  const report = reportShape.parse(active.report);
  return outcomeOf(writer.name, corpus.summary, report, active.id, true);
}

/** Learns, measures and keeps a new profile version, going on from an unfinished run of the same plan. */
export async function learnProfile(
  context: LearningContext,
  reader: GeneralReader,
  corpus: LearningCorpus,
  plan: JsonValue,
): Promise<LearningOutcome> {
  const { meter, job } = context;
  const promptPlan = planPrompts(context, reader, corpus);
  const run = startOrResume(context, withStart(plan, promptPlan));
  const clock = new RunClock(context.clock, run.state.progress.seconds);
  const reading = readingOf(reader, corpus);
  const unread = unreadDocuments(context, reading).flatMap(({ texts }) => texts);
  const hasPrompts = promptPlan.kind !== "none";
  const leads = hasPrompts ? countTokens(corpus.documents.map(({ lead }) => lead)) : 0;
  const tonal = toneWork(context, corpus);
  const tonePrompts = tonePromptWork(context, corpus);
  meter.plan(promptWork(promptPlan, job.options) + countTokens(unread) + leads + tonal + tonePrompts);
  await publishEarlyTags(context, reader, corpus);
  tellProgress(context, "masking");
  const prompts = await learnPrompts(context, { reader, corpus, plan: promptPlan, runId: run.id, clock });
  await readDocuments(context, reading);
  tellProgress(context, "tags");
  const tags = await learnTags(context, reader, corpus, prompts?.own);
  meter.add(leads);
  tellProgress(context, "tone");
  const tone = await learnTone(context, reader, corpus);
  meter.finish();
  tellProgress(context, "tone");
  const lesson: Lesson = { prompts, tags, tone };
  const report = reportOf(context, corpus, promptPlan, lesson, clock);
  const id = keep(context, reader, run, lesson, report, clock);
  context.emit({ kind: "published", profile: id, isEarly: false });
  return outcomeOf(context.writer.name, corpus.summary, report, id, false);
}

/** Writes the version, all that goes with it, and that the run is done, in one transaction. */
function keep(
  context: LearningContext,
  reader: GeneralReader,
  run: LearningRun,
  { prompts, tags, tone }: Lesson,
  report: ProfileReport,
  clock: RunClock,
): string {
  const { store, writer, lease } = context;
  const blobs = encodeProfile({
    ...(prompts === undefined ? {} : { prompts: prompts.prompts }),
    ...(tags.learned === undefined ? {} : { tags: tags.learned }),
    ...(tone.learned === undefined ? {} : { tone: tone.learned }),
    ...(tone.prompts === undefined ? {} : { tonePrompts: tone.prompts }),
  });
  return store.inTransaction(() => {
    lease.confirm();
    const version = {
      baseModelId: reader.id,
      formatVersion: profileFormatVersion,
      blobs,
      report: asJson(report),
    };
    const added = store.profileVersions.add(writer.id, version, "activate");
    dropEarlyVersions(context);
    for (const [documentId, values] of tags.personalVectors) {
      const maker = { modelId: reader.id, profileVersion: added.id };
      store.vectors.save(documentId, maker, [{ unit: { kind: "document" }, values }]);
    }
    const progress = clock.progress("tone", report.learned.steps, report.learned.steps);
    store.learningRuns.setState(run.id, { kind: "done", progress, profileVersion: added.id });
    return added.id;
  });
}

function readingOf(reader: GeneralReader, { documents }: LearningCorpus): ReadingStage {
  return {
    extent: "documents",
    maker: { modelId: reader.id, profileVersion: undefined },
    prompts: reader.prompts,
    documents: documents.map(({ document, lead, passages }) => ({
      documentId: document.id,
      texts: textsForVectors(lead, passages),
    })),
  };
}

function startOrResume({ store, writer, lease }: LearningContext, plan: JsonValue): LearningRun {
  return store.inTransaction(() => {
    lease.confirm();
    const former = store.learningRuns.unfinished(writer.id);
    const nothing = { stage: "masking", step: 0, steps: 0, seconds: 0, peakMemoryBytes: 0 };
    return former !== undefined && isSame(former.plan, plan)
      ? former
      : store.learningRuns.start(writer.id, plan, nothing);
  });
}

/** A run that learns on from a version is another run than one that learns on from another. */
function withStart(plan: JsonValue, promptPlan: PromptPlan): JsonValue {
  const from = "former" in promptPlan ? promptPlan.former.id : undefined;
  return from === undefined ? plan : { ...asRecord(plan), from };
}

function withoutStart(plan: JsonValue): JsonValue {
  const { from: _, ...rest } = asRecord(plan);
  return rest;
}

const asRecord = (plan: JsonValue): Record<string, JsonValue> => z.record(z.string(), z.json()).parse(plan);

function isSame(a: JsonValue, b: JsonValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
