import { textsForVectors } from "../learning/cut-document.ts";
import { encodeProfile, type GeneralReader, profileFormatVersion } from "../profile/profile.ts";
import { type ProfileReport, reportShape } from "../profile/report.ts";
import { isVersionWhole } from "../profile/versions.ts";
import type { LearningOutcome } from "../protocol/learner.ts";
import { said, saidList } from "../said/said.ts";
import { asJson } from "../store/database/columns.ts";
import type { LearningRun } from "../store/repositories/learning-runs.ts";
import type { Store } from "../store/store.ts";
import { byFrequency } from "../words/describe-languages.ts";
import type { LearningCorpus } from "./corpus/learning-corpus.ts";
import { type ReadableCorpus, readableCorpus } from "./corpus/readable-corpus.ts";
import { dropEarlyVersions, publishEarlyTags } from "./early-tags.ts";
import { ownWordsWork } from "./learn-own-words.ts";
import { learnTags } from "./learn-tags.ts";
import { learnWriterVoice } from "./learn-writer-voice.ts";
import { type LearningContext, RunClock, tellProgress } from "./learning-context.ts";
import { type LearningPlan, learnTheSame, planAsJson, planOf } from "./learning-plan.ts";
import { type LearnedParts, learningOutcome, profileReport } from "./profile-report.ts";
import { countTokens } from "./prompts/learn-masking.ts";
import { learnPrompts, promptWork } from "./prompts/learn-prompts.ts";
import { formerVersion, planPrompts } from "./prompts/prompt-plan.ts";
import { type ReadingStage, readDocuments, unreadDocuments } from "./read-documents.ts";
import { learnTone, toneWork } from "./tone/learn-tone.ts";
import { tonePromptWork } from "./tone/learn-tone-prompts.ts";

/**
 * The outcome of the active profile if the same was learned before: it was learned by it, or the writer went back from
 * what was learned by it, which is not to be learned again. Undefined also where something derived from the documents
 * is missing, as it is after an edit that was undone, or where the profile is damaged.
 */
export function alreadyLearned(
  { store, writer }: Pick<LearningContext, "store" | "writer">,
  reader: GeneralReader,
  plan: LearningPlan,
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
  if (!isVersionWhole(store, active)) {
    return undefined;
  }
  const { delta, learned } = store.profileVersions.blobs(active.id);
  if (delta !== undefined && learned === undefined) {
    // A version of Idiolect learned it that did not keep what its prompts have seen.
    return undefined;
  }
  const former = planOf(run.plan);
  if (former === undefined || !learnTheSame(former, plan)) {
    return undefined;
  }
  const report = reportShape.parse(active.report);
  const isActiveOfRun = run.state.kind === "done" && run.state.profileVersion === active.id;
  const ownMaker = isActiveOfRun && report.heldOut.tags?.usesPrompts === true ? [active.id] : [];
  if (![undefined, ...ownMaker].every((version) => isAllRead(store, writer.id, reader.id, version))) {
    return undefined;
  }
  // So that whoever shows how learning stands sees that somebody has looked.
  store.learningRuns.setState(run.id, run.state);
  return learningOutcome(writer.name, report.corpus, report, active.id, true);
}

/** Whether each document has its vector, in general or under the prompts of a version. */
function isAllRead(
  { documents, vectors }: Store,
  writerId: number,
  modelId: string,
  profileVersion: string | undefined,
): boolean {
  const read = new Set(
    vectors.list(writerId, { modelId, profileVersion }, "document").map(({ documentId }) => documentId),
  );
  return documents.list(writerId).every(({ id }) => read.has(id));
}

/** Begins a run on what the store has, from the version in use where that can be learned on from. */
export async function startRun(
  context: LearningContext,
  reader: GeneralReader,
  corpus: LearningCorpus,
): Promise<LearningRun> {
  const { store, writer, lease, plan } = context;
  const former = formerVersion(context, reader, store.profileVersions.active(writer.id)?.id);
  const promptPlan = planPrompts(context, await readableCorpus(context, corpus), former);
  const from = "former" in promptPlan ? { from: promptPlan.former.id } : {};
  const nothing = { stage: "masking", step: 0, steps: 0, seconds: 0, peakMemoryBytes: 0 };
  return store.inTransaction(() => {
    lease.confirm();
    return store.learningRuns.start(writer.id, planAsJson({ ...plan, ...from }), nothing);
  });
}

/** Learns, measures and keeps a new profile version, from the run's newest checkpoint if it has one. */
export async function learnProfile(
  context: LearningContext,
  reader: GeneralReader,
  corpus: LearningCorpus,
  run: LearningRun,
): Promise<LearningOutcome> {
  const { meter, plan } = context;
  const former = formerVersion(context, reader, planOf(run.plan)?.from);
  const readable = await readableCorpus(context, corpus);
  const promptPlan = planPrompts(context, readable, former);
  tellOtherLanguages(context, readable);
  const clock = new RunClock(context.clock, run.state.progress.seconds);
  const reading = readingOf(reader, corpus);
  const unread = unreadDocuments(context, reading).flatMap(({ texts }) => texts);
  const hasPrompts = promptPlan.kind !== "none";
  const leads = hasPrompts ? countTokens(corpus.documents.map(({ lead }) => lead)) : 0;
  const tonal = toneWork(context, readable);
  const tonePrompts = tonePromptWork(context, readable);
  const learning = promptWork(context, promptPlan);
  // Whether own words are looked for shows only at the end: what it takes is planned with a quarter of the prompts' work at most.
  const wording = Math.min(ownWordsWork(readable, promptPlan), learning / 4);
  meter.plan(learning + countTokens(unread) + leads + tonal + tonePrompts + wording);
  await publishEarlyTags(context, reader, corpus);
  context.waiting.begin();
  tellProgress(context, "masking");
  const prompts = await learnPrompts(context, {
    reader,
    corpus: readable,
    plan: promptPlan,
    runId: run.id,
    clock,
  });
  await readDocuments(context, reading);
  tellProgress(context, "tags");
  const tags = await learnTags(context, reader, corpus, prompts?.own);
  meter.add(leads);
  tellProgress(context, "tone");
  const tone = await learnTone(context, reader, readable);
  if (plan.options.voice) tellProgress(context, "voice");
  const voice = plan.options.voice && (await learnWriterVoice(context, readable));
  meter.finish(wording);
  tellProgress(context, "tone");
  const parts: LearnedParts = { prompts, tags, tone, voice };
  const report = profileReport(context, corpus, promptPlan, parts, clock);
  const id = keep(context, reader, run, parts, report, clock);
  context.emit({ kind: "published", profile: id, isEarly: false });
  return learningOutcome(context.writer.name, corpus.summary, report, id, false);
}

/** Says it where most of what was found is in languages that the model does not read. */
function tellOtherLanguages(
  { emit }: LearningContext,
  { documents, leftOutLanguages }: ReadableCorpus,
): void {
  const read = documents.reduce((count, { sentences }) => count + sentences.length, 0);
  if (leftOutLanguages.length <= read) return;
  emit({
    kind: "notice",
    message: said(
      "Most of this text is {0} ({1}): tags are learned from it, tone and voice are not.",
      leftOutLanguages.includes("en") ? said("not read") : said("not English"),
      saidList(byFrequency(leftOutLanguages).map((language) => ({ language }))),
    ),
    advice: said(
      "Idiolect reads tone in English alone. If that is told wrong, name the languages in the setting idiolect.corpus.languages, or with --languages.",
    ),
  });
}

/** Writes the version, all that goes with it, and that the run is done, in one transaction; what a former base made goes. */
function keep(
  context: LearningContext,
  reader: GeneralReader,
  run: LearningRun,
  { prompts, tags, tone, voice }: LearnedParts,
  report: ProfileReport,
  clock: RunClock,
): string {
  const { store, writer, lease } = context;
  const blobs = encodeProfile({
    prompts: prompts?.prompts,
    tags: tags.learned,
    tone: tone.learned,
    tonePrompts: tone.prompts,
    voice: voice?.kept,
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
    store.vectors.dropOthers(writer.id, reader.id);
    store.passages.dropOthers(writer.id, reader.model.id);
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
