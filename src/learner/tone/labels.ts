import { undatedMs } from "../../numbers/by-date.ts";
import { type LabelledSentences, labelDocument } from "../../readings/tone/labelled-sentences.ts";
import { readSentences, type ToneReaders } from "../../readings/tone/read-sentences.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
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
