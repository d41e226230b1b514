import { type Gate, gate } from "../../numbers/gate.ts";
import { createRandom } from "../../numbers/random.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import type { ProfileReport } from "../../profile/report.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { readSentences, type ToneReaders } from "../../readings/tone/sentence-reader.ts";
import { toneCorrections } from "../../readings/tone/tone-corrections.ts";
import { tonePromptWeight } from "../../readings/tone/tone-prompts.ts";
import { said } from "../../said/said.ts";
import { evaluateTone } from "../../tone/proof/evaluate-tone.ts";
import { readHeldOut } from "../../tone/proof/held-out-tone.ts";
import { toneGate } from "../../tone/proof/tone-gate.ts";
import type { DocumentSentence } from "../../tone/reading/document-latent.ts";
import { learnToneReading, type ToneLearned } from "../../tone/writer/tone-learning.ts";
import type { LearningCorpus, PreparedDocument } from "../corpus/learning-corpus.ts";
import type { LearningContext } from "../learning-context.ts";
import { plannedCorrections } from "../learning-plan.ts";
import { PacedEncoder } from "../paced-encoder.ts";
import { countTokens } from "../prompts/learn-masking.ts";
import { emoticonLabels, emoticonSentences, fieldLabels, labelledDocuments } from "./labels.ts";
import { learnTonePrompts, type TonePromptLesson } from "./learn-tone-prompts.ts";

type ToneReport = NonNullable<ProfileReport["heldOut"]["tone"]>;

export interface ToneStageResult {
  readonly gate: Gate;
  readonly report?: ToneReport;
  readonly learned?: ToneLearned;
  /** Tuned for tone; absent where none proved themselves. */
  readonly prompts?: SoftPrompts;
}

/** Sentences that the writer's baseline is made of; more do not move its hundredths. */
const baselineSentences = 1_000;

/**
 * Learns the writer's tone from labels in front matter, corrections and, counting little, emoticons: the shift
 * always, and prompts where they prove themselves.
 */
export async function learnTone(
  context: LearningContext,
  reader: GeneralReader,
  corpus: LearningCorpus,
): Promise<ToneStageResult> {
  const { model, job, store, writer, plan, breathe } = context;
  const { seed } = job.options;
  const encoder = new PacedEncoder(context);
  try {
    const scale = await encoder.scale();
    if (scale === undefined) {
      return { gate: gate(false, said("the model has no part that reads tone (no head for tone)")) };
    }
    const readers = { model, encoder, general: reader.tonePrompts, breathe };
    const labels = [
      ...(await fieldLabels(context, corpus, readers, scale)),
      ...(await toneCorrections(plannedCorrections(plan, store, writer.id), (sentences) =>
        readSentences(readers, sentences),
      )),
      ...(await emoticonLabels(emoticonSentences(corpus), readers)),
    ];
    const sample = await readSample(corpus, readers, seed);
    const random = createRandom(seed).fork("tone");
    const all = labels.map(({ label }) => label);
    const heldOut = readHeldOut(all, scale);
    const report = heldOut.length === 0 ? undefined : evaluateTone(heldOut, random, scale.minimumConfidence);
    const { prompts: shared } = reader;
    const tuned = shared && (await learnTonePrompts(context, { labels, shared, readers, scale }));
    const proven = tuned?.proven;
    const { open, reason } = toneGate(all, scale, proven !== undefined);
    const given = (proven?.labels ?? labels).map(({ label }) => label);
    return {
      gate: { open, reason },
      learned: learnToneReading(given, sample, scale, proven === undefined ? 0 : tonePromptWeight),
      ...(proven && { prompts: proven.prompts }),
      ...(report && { report: { ...report, ...reportOfPrompts(tuned) } }),
    };
  } finally {
    await encoder.release();
  }
}

function reportOfPrompts(
  tuned: TonePromptLesson | undefined,
): Pick<ToneReport, "usesPrompts" | "promptGain"> {
  return tuned === undefined
    ? {}
    : { usesPrompts: tuned.proven !== undefined, promptGain: { ...tuned.gain } };
}

/** What `learnTone` will read, in tokens; sentences are counted by the passages that they make up. */
export function toneWork(
  context: Pick<LearningContext, "store" | "writer" | "model">,
  corpus: LearningCorpus,
): number {
  if (!context.model.directory.heads.sentiment) {
    return 0;
  }
  const tokens = (documents: readonly PreparedDocument[]) =>
    countTokens(documents.flatMap(({ passages }) => passages));
  const sentences = corpus.documents.reduce((sum, document) => sum + document.sentences.length, 0);
  const sampled = Math.min(1, baselineSentences / Math.max(1, sentences));
  const withSigns = emoticonSentences(corpus).length / Math.max(1, sentences);
  const labelled = tokens(labelledDocuments(context, corpus)) + withSigns * tokens(corpus.documents);
  return labelled + sampled * tokens(corpus.documents);
}

function readSample(
  { documents }: LearningCorpus,
  readers: ToneReaders,
  seed: number,
): Promise<readonly DocumentSentence[]> {
  const sentences = documents.flatMap((document) => document.sentences);
  const drawn = createRandom(seed)
    .fork("baseline")
    .shuffle([...sentences])
    .slice(0, baselineSentences);
  return readSentences(readers, drawn);
}
