import { undatedMs } from "../../numbers/by-date.ts";
import { type LabelledSentences, labelDocument } from "../../readings/tone/labelled-sentences.ts";
import { readSentences, type ToneReaders } from "../../readings/tone/sentence-reader.ts";
import { textHash } from "../../text/text-hash.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { emoticonWeight, readEmoticons } from "../../tone/labels/emoticons.ts";
import type { LearningCorpus, PreparedDocument } from "../corpus/learning-corpus.ts";
import type { LearningContext } from "../learning-context.ts";

/** The newest labelled documents; older ones add minutes and no news. */
const mostDocuments = 400;

/** The newest documents that the writer has labelled in front matter, oldest first. */
export function labelledDocuments(
  { store, writer }: Pick<LearningContext, "store" | "writer">,
  { documents }: LearningCorpus,
): readonly PreparedDocument[] {
  const labelled = new Set(store.labels.list(writer.id).map(({ documentId }) => documentId));
  return documents.filter(({ document }) => labelled.has(document.id)).slice(-mostDocuments);
}

/** Their labels, with the general readings of their sentences. */
export async function fieldLabels(
  context: LearningContext,
  corpus: LearningCorpus,
  readers: ToneReaders,
  scale: OrdinalScale,
): Promise<readonly LabelledSentences[]> {
  const { store, writer } = context;
  const labels = Map.groupBy(store.labels.list(writer.id), ({ documentId }) => documentId);
  const documents = labelledDocuments(context, corpus);
  const undated = undatedMs(corpus.documents.map(({ document }) => document.dateMs));
  const read = (
    await readSentences(
      readers,
      documents.flatMap(({ sentences }) => sentences),
    )
  ).values();
  return documents.flatMap(({ document, sentences }) => {
    const own = sentences.map((text) => ({ text, reading: read.next().value! }));
    return labels.get(document.id)!.map(({ source, valence, weight }) => {
      const kind = source === "mood" || source === "sentiment" ? source : "rating";
      const about = { key: document.hash, document: document.path, valence, weight, kind } as const;
      return labelDocument({ ...about, timeMs: document.dateMs ?? undated }, own, scale);
    });
  });
}

/** The newest sentences with a sign; older ones add time and no news. */
const mostSentences = 200;

/** A sentence whose signs say something, without them. */
export interface EmoticonSentence {
  readonly text: string;
  /** −1 to 1. */
  readonly valence: number;
  readonly document: string;
  readonly timeMs: number;
}

/** The writer's newest sentences with emoticons or emoji, newest document first. */
export function emoticonSentences({
  documents,
}: Pick<LearningCorpus, "documents">): readonly EmoticonSentence[] {
  const found: EmoticonSentence[] = [];
  const undated = undatedMs(documents.map(({ document }) => document.dateMs));
  for (const { document, sentences } of documents.toReversed()) {
    for (const sentence of sentences) {
      const read = found.length < mostSentences ? readEmoticons(sentence) : undefined;
      if (read === undefined) continue;
      found.push({ ...read, document: document.path, timeMs: document.dateMs ?? undated });
    }
  }
  return found;
}

/**
 * Weak labels: the sentences read without their signs, labelled by them. The key is that of the bare
 * sentence, so the sentence as it stands is not taken for one whose tone the writer has said.
 */
export async function emoticonLabels(
  sentences: readonly EmoticonSentence[],
  readers: ToneReaders,
): Promise<readonly LabelledSentences[]> {
  const read = await readSentences(
    readers,
    sentences.map(({ text }) => text),
  );
  return sentences.map(({ text, valence, document, timeMs }, at) => {
    const reading = read[at]!;
    const { words: _, ...toneText } = reading;
    const target = { kind: "valence", valence } as const;
    const about = { key: textHash(text), document, timeMs, target, weight: emoticonWeight } as const;
    return { label: { ...toneText, ...about, kind: "emoticon" }, sentences: [{ text, reading }] };
  });
}
