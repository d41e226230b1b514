import type { LanguagesFound, LearningStage, LearningWait } from "./learner.ts";
import type { Gate } from "./readings.ts";

export interface LearnParameters {
  /** Absolute paths. Empty: the folders that this writer has already. */
  readonly folders: readonly string[];
  /** Whose documents they are; absent: whoever most of them are by. */
  readonly author?: string | undefined;
  /** Absent: the author that most documents name, else the name of the first folder. */
  readonly writer?: string | undefined;
}

/** How asking for learning ended; the learning itself is told by `LearningStatus`. */
export type LearnAnswer =
  | { readonly kind: "started"; readonly writer: string }
  | { readonly kind: "refused"; readonly reason: string; readonly advice: string };

/** Why learning is paused: somebody asked for it, or a process ended in the middle. */
export const pauseReasons = { askedFor: "paused", cutShort: "cut short" } as const;

/** What has come since the text was read that was learned, or is being learned. */
export interface SinceLearned {
  /** Documents. */
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  /** Lessons that were taught. */
  readonly lessons: number;
}

/** Why nothing can be learned on this machine, and what to do. */
export interface CannotLearn {
  readonly reason: string;
  readonly advice: string;
}

/** What the learner does, for the status item. */
export type LearningStatus =
  /** Nothing was learned yet, of anyone. */
  | { readonly kind: "unlearned" }
  /** Nothing was learned yet, and nothing can be learned on this machine. */
  | ({ readonly kind: "readsOnly" } & CannotLearn)
  /** What was learned cannot be opened: nothing is learned or kept, and texts are read in general. */
  | { readonly kind: "unopened"; readonly reason: string; readonly advice: string }
  | {
      readonly kind: "idle";
      readonly writers: readonly WriterSummary[];
      /** Absent where this machine learns. */
      readonly readsOnly?: CannotLearn;
    }
  | {
      readonly kind: "learning";
      readonly writer: string;
      readonly stage: LearningStage;
      /** Share of all work, 0 to 1. */
      readonly fraction: number;
      readonly secondsLeft?: number;
      /** Tags can be suggested already. */
      readonly hasTags: boolean;
      /** What it waits for; absent: it goes on. */
      readonly waits?: LearningWait;
      /** Is learned afterwards; absent where nobody has looked yet. */
      readonly since?: SinceLearned;
    }
  | {
      readonly kind: "paused";
      readonly writer: string;
      readonly fraction: number;
      readonly reason: (typeof pauseReasons)[keyof typeof pauseReasons];
      readonly since?: SinceLearned;
    }
  /** Another window or a terminal learns; this one only reads. */
  | {
      readonly kind: "elsewhere";
      readonly processId: number;
      /** Tags of somebody can be suggested already. */
      readonly hasTags: boolean;
    }
  | { readonly kind: "failed"; readonly writer: string; readonly reason: string; readonly advice: string };

export interface WriterSummary {
  readonly name: string;
  readonly folders: readonly string[];
  readonly documents: number;
  readonly words: number;
  readonly tags: number;
  /** Absent: they were learned by a version that did not keep it. */
  readonly languages?: LanguagesFound;
  /** When the profile in use was made, in milliseconds since 1970; absent: none yet. */
  readonly learnedMs?: number;
  readonly gates?: {
    readonly tone: Gate;
    readonly tags: Gate;
    readonly masking: Gate;
    /** Absent where no voice was to be learned. */
    readonly voice?: Gate | undefined;
  };
  /** Is learned the next time; absent where nobody has looked yet. */
  readonly since?: SinceLearned;
}

/** A writer with how much is kept of each kind. */
export interface KnownWriter extends WriterSummary {
  /** Those that count. */
  readonly lessons: number;
  readonly versions: number;
}
