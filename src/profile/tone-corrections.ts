import type { Store } from "../store/store.ts";
import type { ReadLabel } from "./tone-learning.ts";
import { readSentences, type ToneReaders } from "./tone-texts.ts";

/** What the writer taught about the tone of sentences, read by the model. */
export async function toneCorrections(
  store: Store,
  writerId: number,
  readers: ToneReaders,
): Promise<readonly ReadLabel[]> {
  const corrections = store.corrections
    .current(writerId)
    .flatMap(({ lesson, createdMs }) => (lesson.kind === "tone" ? [{ ...lesson, createdMs }] : []));
  const readings = await readSentences(
    readers,
    corrections.map(({ sentence }) => sentence),
  );
  return corrections.map(({ textHash, documentPath, valence, createdMs }, at) => {
    const { words: _, ...text } = readings[at]!;
    return {
      ...text,
      key: textHash,
      document: documentPath ?? textHash,
      target: { kind: "valence", valence },
      weight: 1,
      timeMs: createdMs,
      kind: "correction",
    };
  });
}
