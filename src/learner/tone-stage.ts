import { createRandom } from "../learning/random.ts";
import type { Gate } from "../profile/gate.ts";
import type { GeneralReader } from "../profile/profile.ts";
import type { ProfileReport } from "../profile/report.ts";
import { toneCorrections } from "../profile/tone-corrections.ts";
import {
  labelDocument,
  learnToneReading,
  type ReadLabel,
  type ToneLearned,
} from "../profile/tone-learning.ts";
import { readSentences, type ToneReaders } from "../profile/tone-texts.ts";
import type { SoftPrompts } from "../prompts/soft-prompts.ts";
import type { DocumentSentence } from "../tasks/sentiment/document-tone.ts";
import type { OrdinalScale } from "../tasks/sentiment/ordinal-scale.ts";
import { calibratedScale } from "../tasks/sentiment/tone-calibration.ts";
import { emoticonLabels, emoticonSentences } from "./emoticon-labels.ts";
import type { LearningContext } from "./learning-context.ts";
import type { LearningCorpus, PreparedDocument } from "./learning-corpus.ts";
import { countTokens } from "./masking-stage.ts";
import { PacedEncoder } from "./paced-encoder.ts";

export interface ToneStageResult {
  readonly gate: Gate;
  readonly report?: NonNullable<ProfileReport["heldOut"]["tone"]>;
  readonly learned?: ToneLearned;
}

/** Sentences that the writer's baseline is made of; more do not move its hundredths. */
const baselineSentences = 1_000;
/** The newest labelled documents; older ones add minutes and no news. */
const mostLabelledDocuments = 400;

/** Learns the writer's tone from labels in front matter, corrections and, counting little, emoticons. */
export async function learnTone(
  context: LearningContext,
  reader: GeneralReader,
  corpus: LearningCorpus,
  own: SoftPrompts | undefined,
): Promise<ToneStageResult> {
  const { model, job, store, writer, breathe } = context;
  const { seed } = job.options;
  const encoder = new PacedEncoder(context);
  try {
    const trained = await encoder.thresholds();
    if (trained === undefined) {
      return { gate: { open: false, reason: "the model has no head for tone" } };
    }
    const scale = calibratedScale(trained);
    const personal = own === undefined ? {} : { personal: own };
    const readers = { model, encoder, general: reader.prompts, breathe, ...personal };
    const fields = await fieldLabels(context, corpus, readers, scale);
    const corrections = await toneCorrections(store, writer.id, (sentences) =>
      readSentences(readers, sentences),
    );
    const signs = await emoticonLabels(emoticonSentences(corpus), readers);
    const sample = await readSample(corpus, readers, seed);
    const random = createRandom(seed).fork("tone");
    const { learned, gate } = learnToneReading([...fields, ...corrections, ...signs], sample, scale, random);
    const { open, reason, report } = gate;
    return { gate: { open, reason }, learned, ...(report === undefined ? {} : { report }) };
  } finally {
    await encoder.release();
  }
}

/** What `learnTone` will read, in tokens; sentences are counted by the passages that they make up. */
export function toneWork(
  context: Pick<LearningContext, "store" | "writer" | "model">,
  corpus: LearningCorpus,
  hasPrompts: boolean,
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
  return (hasPrompts ? 2 : 1) * labelled + sampled * tokens(corpus.documents);
}

function labelledDocuments(
  { store, writer }: Pick<LearningContext, "store" | "writer">,
  { documents }: LearningCorpus,
): readonly PreparedDocument[] {
  const labelled = new Set(store.labels.list(writer.id).map(({ documentId }) => documentId));
  return documents.filter(({ document }) => labelled.has(document.id)).slice(-mostLabelledDocuments);
}

async function fieldLabels(
  context: LearningContext,
  corpus: LearningCorpus,
  readers: ToneReaders,
  scale: OrdinalScale,
): Promise<readonly ReadLabel[]> {
  const { store, writer } = context;
  const labels = Map.groupBy(store.labels.list(writer.id), ({ documentId }) => documentId);
  const documents = labelledDocuments(context, corpus);
  const read = await readAll(documents, readers);
  return documents.flatMap(({ document }, at) =>
    labels.get(document.id)!.map(({ source, valence, weight }) => {
      const kind = source === "mood" || source === "sentiment" ? source : "rating";
      const about = { key: document.hash, document: document.path, valence, weight, kind } as const;
      return labelDocument({ ...about, timeMs: document.dateMs ?? 0 }, read[at]!, scale);
    }),
  );
}

/** The readings of all sentences of each document. */
async function readAll(
  documents: readonly PreparedDocument[],
  readers: ToneReaders,
): Promise<readonly (readonly DocumentSentence[])[]> {
  const readings = await readSentences(
    readers,
    documents.flatMap(({ sentences }) => sentences),
  );
  let from = 0;
  return documents.map(({ sentences }) => {
    from += sentences.length;
    return readings.slice(from - sentences.length, from);
  });
}

function readSample(
  { documents }: LearningCorpus,
  { personal: _, ...general }: ToneReaders,
  seed: number,
): Promise<readonly DocumentSentence[]> {
  const sentences = documents.flatMap((document) => document.sentences);
  const drawn = createRandom(seed)
    .fork("baseline")
    .shuffle([...sentences])
    .slice(0, baselineSentences);
  return readSentences(general, drawn);
}
