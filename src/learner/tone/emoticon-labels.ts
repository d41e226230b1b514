import { undatedMs } from "../../numbers/by-date.ts";
import type { LabelledSentences } from "../../readings/tone/labelled-sentences.ts";
import { readSentences, type ToneReaders } from "../../readings/tone/read-sentences.ts";
import { textHash } from "../../text/text-hash.ts";
import { emoticonWeight, readEmoticons } from "../../tone/labels/emoticons.ts";
import type { LearningCorpus } from "../corpus/learning-corpus.ts";

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
