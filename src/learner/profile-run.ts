import { createHash } from "node:crypto";
import type { IntermediateData, IntermediateResult } from "../learning/intermediate-learning.ts";
import { createRandom } from "../learning/random.ts";
import { compareMaskedLm } from "../profile/compare-masked-lm.ts";
import { fewestWords, type Gate, maskingGate } from "../profile/gate.ts";
import { encodeProfile, type GeneralReader, profileFormatVersion } from "../profile/profile.ts";
import { type MaskingReport, type ProfileReport, reportShape } from "../profile/report.ts";
import { drawEvenly, textsForVectors } from "../profile/writer-passages.ts";
import { realTextPrompts } from "../prompts/shared-prompts.ts";
import { decodePrompts, encodePrompts, personalPrompts, type SoftPrompts } from "../prompts/soft-prompts.ts";
import type { LearningOutcome } from "../protocol/learner-messages.ts";
import { asJson, type JsonValue } from "../store/json-column.ts";
import type { LearningRun } from "../store/learning-runs.ts";
import { dropEarlyVersions, publishEarlyTags } from "./early-stage.ts";
import { type LearningContext, peakMemoryBytes, RunClock, tellProgress } from "./learning-context.ts";
import type { LearningCorpus } from "./learning-corpus.ts";
import { countTokens, learnMasking, maskingWork } from "./masking-stage.ts";
import { type ReadingStage, readDocuments, unreadDocuments } from "./reading-stage.ts";
import { learnTags } from "./tag-stage.ts";
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

/** The outcome of the active profile if it was learned by the same plan. */
export function alreadyLearned(
  { store, writer }: LearningContext,
  plan: JsonValue,
  corpus: LearningCorpus,
): LearningOutcome | undefined {
  const active = store.profileVersions.active(writer.id);
  const run = store.learningRuns.list(writer.id).find(({ state }) => state.kind === "done");
  if (active === undefined || run === undefined || !isSame(run.plan, plan)) {
    return undefined;
  }
  if (run.state.kind !== "done" || run.state.profileVersion !== active.id) {
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
  const { store, writer, lease, meter } = context;
  const run = startOrResume(context, plan);
  const clock = new RunClock(context.clock, run.state.progress.seconds);
  const data = splitForMasking(context, corpus);
  const reading = readingOf(reader, corpus);
  const unread = unreadDocuments(context, reading).flatMap(({ texts }) => texts);
  const isTrained = corpus.summary.words >= fewestWords && context.model.directory.heads.mlm;
  const comparison = 3 * countTokens(data.heldOut);
  const training = isTrained ? maskingWork(data, context.job.options) + comparison : 0;
  const leads = isTrained ? countTokens(corpus.documents.map(({ lead }) => lead)) : 0;
  const tonal = toneWork(context, corpus, isTrained);
  meter.plan(training + countTokens(unread) + leads + tonal);
  await publishEarlyTags(context, reader, corpus);
  tellProgress(context, "masking");
  const masking = isTrained ? await trainAndMeasure(context, reader, data, run, clock) : undefined;
  await readDocuments(context, reading);
  tellProgress(context, "tags");
  const tags = await learnTags(context, reader, corpus, masking?.own);
  meter.add(leads);
  tellProgress(context, "tone");
  const tone = await learnTone(context, reader, corpus, masking?.own);
  meter.add(tonal);
  tellProgress(context, "tone");
  const gate = { tone: tone.gate, tags: tags.gate, masking: masking?.gate ?? closedMasking(context, corpus) };
  const report: ProfileReport = {
    corpus: corpus.summary,
    curves: { masking: masking?.result.curve.map(({ ...point }) => point) ?? [] },
    heldOut: {
      ...(masking?.report === undefined ? {} : { masking: masking.report }),
      ...(tags.report === undefined ? {} : { tags: tags.report }),
      ...(tone.report === undefined ? {} : { tone: tone.report }),
    },
    gate,
    learned: {
      trainPassages: isTrained ? data.train.length : 0,
      heldOutPassages: isTrained ? data.heldOut.length : 0,
      steps: masking?.result.steps ?? 0,
      seconds: clock.seconds,
      peakMemoryBytes: peakMemoryBytes(),
      paddingShare: masking?.result.paddingShare ?? 0,
    },
  };
  const blobs = encodeProfile({
    ...(masking === undefined ? {} : { prompts: { shared: masking.shared, delta: masking.delta } }),
    ...(tags.learned === undefined ? {} : { tags: tags.learned }),
    ...(tone.learned === undefined ? {} : { tone: tone.learned }),
  });
  const id = store.inTransaction(() => {
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
  context.emit({ kind: "published", profile: id, isEarly: false });
  return outcomeOf(writer.name, corpus.summary, report, id, false);
}

interface MaskingLearned {
  readonly result: IntermediateResult;
  readonly shared: SoftPrompts;
  readonly delta: SoftPrompts;
  /** shared + delta as they are kept, in 16 bits. */
  readonly own: SoftPrompts;
  readonly report: MaskingReport | undefined;
  readonly gate: Gate;
}

async function trainAndMeasure(
  context: LearningContext,
  reader: GeneralReader,
  data: IntermediateData,
  run: LearningRun,
  clock: RunClock,
): Promise<MaskingLearned> {
  const { model, job, breathe } = context;
  const shared = reader.prompts ?? (await startingPrompts(context, data));
  const result = await learnMasking(context, { runId: run.id, clock, shared, data });
  tellProgress(context, "measuring");
  const own = personalPrompts(asKept(shared), asKept(result.delta));
  const compared = await compareMaskedLm(
    model,
    data.heldOut,
    { none: undefined, shared, own },
    { threads: job.options.threads, tokensPerRun: context.pace.tokensPerRun, breathe },
  );
  context.meter.add(3 * countTokens(data.heldOut));
  if (compared === undefined) {
    const gate = { open: false, reason: "too few documents to hold any out: learn at least ten" };
    return { result, shared, delta: result.delta, own, report: undefined, gate };
  }
  const { documents, masked, figures } = compared;
  const difference = compared.difference("own", "shared");
  const report = { documents, masked, ...figures, difference };
  const gate = maskingGate({ documents, difference });
  return { result, shared, delta: result.delta, own, report, gate };
}

/** Where the model ships without shared prompts, the writer's own start from its activations on the writer's text. */
function startingPrompts({ model, job }: LearningContext, { train }: IntermediateData): Promise<SoftPrompts> {
  const texts = createRandom(job.options.seed)
    .fork("start")
    .shuffle([...train])
    .slice(0, 64);
  return realTextPrompts(model, texts, job.options.promptLength);
}

const asKept = (prompts: SoftPrompts): SoftPrompts => decodePrompts(encodePrompts(prompts));

/** The newest tenth of the documents is held out; the rest is drawn from up to the limit. */
function splitForMasking({ job }: LearningContext, { documents }: LearningCorpus): IntermediateData {
  const heldOut = documents.length < 5 ? 0 : Math.max(1, Math.round(documents.length / 10));
  const cut = documents.length - heldOut;
  const { seed, maximumPassages } = job.options;
  const random = createRandom(seed);
  const draw = (from: number, to: number, limit: number, label: string) =>
    drawEvenly(
      documents.slice(from, to).map(({ passages }) => passages),
      limit,
      random.fork(label),
    );
  return {
    train: draw(0, cut, maximumPassages, "train"),
    heldOut: draw(cut, documents.length, Math.ceil(maximumPassages / 8), "held out"),
  };
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

function closedMasking({ model }: LearningContext, { summary }: LearningCorpus): Gate {
  const reason = model.directory.heads.mlm
    ? `too little text: ${summary.words} words, ${fewestWords} are needed`
    : "the model has no masked-LM head";
  return { open: false, reason };
}

function outcomeOf(
  writer: string,
  { documents, passages, words, tags }: ProfileReport["corpus"],
  { learned, gate }: ProfileReport,
  profile: string,
  skipped: boolean,
): LearningOutcome {
  const { steps, seconds, peakMemoryBytes: bytes } = learned;
  const done = skipped
    ? { steps: 0, seconds: 0, peakMemoryBytes: peakMemoryBytes(), skipped }
    : { steps, seconds, peakMemoryBytes: bytes, skipped };
  return { writer, documents, passages, words, tags, learned: done, gate, profile };
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
