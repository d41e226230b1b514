import type { Gate, Range } from "./readings.ts";

/** What a writer can teach about an open document. `valence` in [−1, 1]. */
export type Teaching =
  | { readonly kind: "tone"; readonly uri: string; readonly range: Range; readonly valence: number }
  | { readonly kind: "notThisTag" | "thisTag"; readonly uri: string; readonly tag: string };

export interface Taught {
  /** For taking it back. */
  readonly id: string;
  readonly writer: string;
  /** The sentence or the tag. Untrusted text. */
  readonly about: string;
}

/** What a lesson says of its sentence or tag. */
export type LessonWord =
  | { readonly kind: "tone"; readonly valence: number }
  | { readonly kind: "notThisTag" | "thisTag" };

/** A lesson that counts: of several about the same the last. */
export interface KeptLesson {
  readonly id: string;
  readonly writer: string;
  /** Milliseconds since 1970. */
  readonly taughtMs: number;
  /** The sentence or the tag. Untrusted text. */
  readonly about: string;
  readonly says: LessonWord;
  /** The file in which it was taught, if it was one. */
  readonly path?: string;
}

export interface LessonRevision {
  readonly id: string;
  /** Absent: the lesson is taken back, with all that was said of the same before. */
  readonly says?: LessonWord;
}

/** What a writer does in a round of questions. `valence` in [−1, 1]. */
export type RoundStep =
  | { readonly kind: "begin" | "skip" | "back" }
  | { readonly kind: "answer"; readonly valence: number };

/** A round of questions about a writer's own sentences. Every answer is kept as a lesson. */
export interface RoundOfQuestions {
  readonly writer: string;
  /** Absent once the round is over. Untrusted text. */
  readonly question?: { readonly sentence: string; readonly path: string; readonly title?: string };
  /** Questions before this one, skipped ones included, and of how many. */
  readonly asked: number;
  readonly of: number;
  /** How often readings made before the answer had the side that the answer then said. */
  readonly tally: { readonly answered: number; readonly generalRight: number; readonly ownRight: number };
  /** Whether the writer's own reading is shown by now. */
  readonly gate: Gate;
}
