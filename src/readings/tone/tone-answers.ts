import type { Store } from "../../store/store.ts";
import { defaultMinimumLabels } from "../../tone/proof/tone-gate.ts";

/** How often a writer has said how a text is meant, and how often at least before a personal reading is tried. */
export interface ToneAnswers {
  readonly said: number;
  readonly wanted: number;
}

/** Counts lessons on tone, and moods and ratings in front matter; signs such as emoticons say less and do not count. */
export function toneAnswers(store: Store, writerId: number): ToneAnswers {
  const lessons = store.corrections.current(writerId).filter(({ lesson }) => lesson.kind === "tone");
  const fields = store.labels.list(writerId).filter(({ sentence }) => sentence === undefined);
  return { said: lessons.length + fields.length, wanted: defaultMinimumLabels };
}
