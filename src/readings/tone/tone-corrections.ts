import { type Correction, isWithoutText } from "../../store/corrections/correction.ts";
import type { Store } from "../../store/store.ts";
import { answersOfRound } from "../../tone/proof/tone-gate.ts";
import type { DocumentSentence } from "../../tone/reading/document-latent.ts";
import { type ReadLabel, type ToneLearned, taughtLabels } from "../../tone/writer/tone-learning.ts";
import type { RememberedLabel } from "../../tone/writer/tone-memory.ts";
import type { LabelledSentences } from "./labelled-sentences.ts";

/**
 * Agreeing with what is shown is easier than saying it. Counted in full, the readings would prove themselves
 * right by being shown.
 */
const confirmationWeight = 0.25;

/** Reads sentences with the model, one for one. */
type ReadAll = (sentences: readonly string[]) => Promise<readonly DocumentSentence[]>;

/** What the writer taught about the tone of sentences, read by the model; without lessons whose sentence is not known. */
export async function toneCorrections(
  corrections: readonly Correction[],
  read: ReadAll,
): Promise<readonly LabelledSentences[]> {
  const taught = corrections.flatMap(({ lesson, createdMs }) =>
    lesson.kind === "tone" && !isWithoutText(lesson) ? [{ ...lesson, createdMs }] : [],
  );
  const readings = await read(taught.map(({ sentence }) => sentence));
  return taught.map(({ sentence, textHash, documentPath, valence, confirms, asked, createdMs }, at) => {
    const reading = readings[at]!;
    const { words: _, ...text } = reading;
    const label = {
      ...text,
      key: textHash,
      document: documentPath ?? textHash,
      target: { kind: "valence", valence },
      weight: confirms === true ? confirmationWeight : 1,
      timeMs: createdMs,
      kind: asked === true ? "answer" : "correction",
    } as const;
    return { label, sentences: [{ text: sentence, reading }] };
  });
}

/** A lesson that is known by the hash of its sentence alone. */
export type UnreadLesson = RememberedLabel & Pick<ReadLabel, "target">;

/**
 * Lessons that came from another machine without their sentences. One that was learned there was read there, and counts
 * as it was read; of one that was taught later only the very same sentence is moved.
 */
export function lessonsWithoutText(
  corrections: readonly Correction[],
  learned: ToneLearned | undefined,
): { readonly read: readonly ReadLabel[]; readonly unread: readonly UnreadLesson[] } {
  const readThen = new Map(learned && taughtLabels(learned).map((label) => [label.key, label]));
  const [read, unread]: [ReadLabel[], UnreadLesson[]] = [[], []];
  for (const { lesson, createdMs: timeMs } of corrections) {
    if (lesson.kind !== "tone" || !isWithoutText(lesson)) continue;
    const target = { kind: "valence", valence: lesson.valence } as const;
    const label = readThen.get(lesson.textHash);
    if (label === undefined) unread.push({ key: lesson.textHash, scope: "sentence", target, timeMs });
    else read.push({ ...label, target, timeMs });
  }
  return { read, unread };
}

/** How often a writer has said how a text is meant, and how often at least before a personal reading is tried. */
export interface ToneAnswers {
  readonly said: number;
  readonly wanted: number;
}

/** Counts lessons on tone, and moods and ratings in front matter; signs such as emoticons say less and do not count. */
export function toneAnswers(store: Store, writerId: number): ToneAnswers {
  const lessons = store.corrections.current(writerId).filter(({ lesson }) => lesson.kind === "tone");
  const fields = store.labels.list(writerId).filter(({ sentence }) => sentence === undefined);
  return { said: lessons.length + fields.length, wanted: answersOfRound };
}
