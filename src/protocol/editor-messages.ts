/*
 * What editor and server tell each other beyond the Language Server Protocol: names and types, and no
 * code, so that the editor loads them for nothing. The server checks parameters where they come in
 * (server/parameters.ts). Positions are LSP's (line and character from 0, UTF-16); URIs are texts.
 */

import type { ServerSettings } from "./settings.ts";

/** A request's method with the types of its parameters and of its answer. */
export interface RequestName<Parameters, Answer> {
  readonly method: string;
  /** Never there; it carries the types. */
  readonly types?: (parameters: Parameters) => Answer;
}

export interface NotificationName<Parameters> {
  readonly method: string;
  readonly types?: (parameters: Parameters) => void;
}

const request = <Parameters, Answer>(name: string): RequestName<Parameters, Answer> => ({
  method: `idiolect/${name}`,
});

/** What the editor gives with LSP's `initialize`. */
export interface InitializationOptions {
  /** Absolute; absent: the operating system's folder for the data of programs. */
  readonly storePath?: string;
  /** Absolute; absent: the model that ships with the extension. */
  readonly modelPath?: string;
  readonly settings: EditorSettings;
  /** The editor runs the commands of `editorCommands` itself: hovers and code actions may name them. */
  readonly runsCommands?: boolean;
  /** The editor follows `notifications`. Without this it is told by messages alone. */
  readonly hearsNotifications?: boolean;
}

/** The settings of the workspace, and of folders that may have their own. */
export interface EditorSettings extends ServerSettings {
  /** Absolute paths. */
  readonly folders?: readonly { readonly folder: string; readonly settings: ServerSettings }[];
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type ToneName = "veryNegative" | "negative" | "neutral" | "positive" | "veryPositive";

/** −1 to 1; no label where there is no clear tone; confidence 0 to 1. */
export interface ToneReading {
  readonly valence: number;
  readonly label: ToneName | null;
  readonly confidence: number;
}

/** The general reading and, where it is shown, the writer's own. */
export interface ReadingPair {
  readonly general: ToneReading;
  readonly personal: ToneReading | null;
}

/** Whether something personal is used, and why. */
export interface Gate {
  readonly open: boolean;
  readonly reason: string;
}

export interface SentenceReading extends ReadingPair {
  readonly range: Range;
  /** The words as a reader sees them, no markup. Untrusted text. */
  readonly plain: string;
  /** The writer said so: the sentence was taught. */
  readonly taught: boolean;
}

/** The tone of one version of an open document. */
export interface DocumentReading {
  readonly version: number;
  readonly document: ReadingPair;
  readonly sentences: readonly SentenceReading[];
  readonly gate: Gate;
  /** Where eight of ten of the writer's own sentences lie; absent where nothing was learned. */
  readonly band?: { readonly low: number; readonly high: number };
  readonly writer?: string;
}

/** The tone of a stretch of text, with the reasons that a hover shows. */
export interface SelectionReading {
  readonly range: Range;
  /** The same text as the hover: Markdown in which nothing of the document is active. */
  readonly markdown: string;
  readonly reading: ReadingPair;
}

export interface SuggestedTag {
  readonly tag: string;
  /** 0 to 1. */
  readonly score: number;
  /** Plain sentences, strongest first. Untrusted text. */
  readonly reasons: readonly string[];
  /** The document has it already. */
  readonly present: boolean;
}

/** Tags for a document, or why there are none. */
export type TagSuggestions =
  | { readonly kind: "suggested"; readonly tags: readonly SuggestedTag[]; readonly writer: string }
  | { readonly kind: "none"; readonly reason: string };

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** The edit that makes the tags of a document's front matter exactly these, or why it cannot be made. */
export type TagEdit =
  | { readonly kind: "edit"; readonly version: number; readonly edits: readonly TextEdit[] }
  | { readonly kind: "refused"; readonly reason: string; readonly advice: string };

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

/** A folder that looks like the writer's prose, and what a glance found in it. */
export interface FolderProposal {
  readonly folder: string;
  readonly documents: number;
  readonly words: number;
  readonly tags: number;
  /** Whom the documents are by, most first; an empty name: by somebody whom none of them names. Untrusted text. */
  readonly authors: readonly { readonly name: string; readonly documents: number }[];
}

export interface LearnParameters {
  /** Absolute paths. Empty: the folders that this writer has already. */
  readonly folders: readonly string[];
  /** Whose documents they are; absent: whoever most of them are by. */
  readonly author?: string;
  /** Absent: the author that most documents name, else the name of the first folder. */
  readonly writer?: string;
}

/** How asking for learning ended; the learning itself is told by `LearningStatus`. */
export type LearnAnswer =
  | { readonly kind: "started"; readonly writer: string }
  | { readonly kind: "refused"; readonly reason: string; readonly advice: string };

export type LearningStage = "corpus" | "early" | "masking" | "measuring" | "reading" | "tags" | "tone";

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

/** What the learner does, for the status item. */
export type LearningStatus =
  /** Nothing was learned yet, of anyone. */
  | { readonly kind: "unlearned" }
  | { readonly kind: "idle"; readonly writers: readonly WriterSummary[] }
  | {
      readonly kind: "learning";
      readonly writer: string;
      readonly stage: LearningStage;
      /** Share of all work, 0 to 1. */
      readonly fraction: number;
      readonly secondsLeft?: number;
      /** Tags can be suggested already. */
      readonly hasTags: boolean;
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
  /** When the profile in use was made, in milliseconds since 1970; absent: none yet. */
  readonly learnedMs?: number;
  readonly gates?: { readonly tone: Gate; readonly tags: Gate; readonly masking: Gate };
  /** Is learned the next time; absent where nobody has looked yet. */
  readonly since?: SinceLearned;
}

export interface StoredItem {
  readonly what: string;
  readonly where: string;
  readonly bytes: number;
}

interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** 0.95 if absent. */
  readonly confidence?: number | undefined;
}

interface MaskedLmFigures {
  readonly loss: number;
  readonly perplexity: number;
  readonly top1: number;
}

interface TagFigures {
  readonly mrr: number;
  readonly recallAt5: number;
  readonly precisionAt1: number;
  readonly documents: number;
}

interface ToneFigures {
  readonly accuracy: Interval;
  readonly meanAbsoluteError: Interval;
  readonly abstained: number;
}

/** What was learned of a writer and whether it helped; figures on held-out text as in `report --json`. */
export interface WriterReport {
  readonly writer: WriterSummary;
  readonly profileVersions: readonly {
    readonly id: string;
    readonly createdMs: number;
    readonly isActive: boolean;
  }[];
  readonly corpus?: {
    readonly folders: readonly string[];
    readonly documents: number;
    readonly passages: number;
    readonly words: number;
    readonly tags: number;
    readonly taggedDocuments: number;
    readonly firstMs?: number | undefined;
    readonly lastMs?: number | undefined;
    /** Documents that are there and were not learned from, by reason. */
    readonly leftOut?:
      | readonly {
          readonly reason: "field" | "folder" | "other" | "together" | "excluded";
          readonly documents: number;
        }[]
      | undefined;
  };
  /** Losses in nats. */
  readonly maskingCurve: readonly {
    readonly epoch: number;
    readonly step: number;
    readonly trainLoss?: number | undefined;
    readonly heldOutLoss?: number | undefined;
  }[];
  readonly heldOut: {
    readonly masking?: {
      readonly documents: number;
      readonly masked: number;
      readonly none: MaskedLmFigures;
      readonly shared: MaskedLmFigures;
      readonly own: MaskedLmFigures;
      readonly difference: Interval;
      /** own − another writer's prompts, of the one that comes closest; absent where nobody else has learned here. */
      readonly strangers?: { readonly writers: number; readonly difference: Interval } | undefined;
    };
    readonly tags?: {
      readonly documents: number;
      readonly idiolect: TagFigures;
      readonly mostFrequent: TagFigures;
      readonly embeddingKnn: TagFigures;
    };
    readonly tone?: {
      readonly documents: number;
      readonly labels: number;
      readonly general: ToneFigures;
      readonly personal: ToneFigures;
      readonly accuracyGain: Interval;
      readonly errorGain: Interval;
      /** Whether prompts tuned on labels are used as well; absent where none were tried. */
      readonly usesPrompts?: boolean | undefined;
      /** Error that they take away beyond the personal reading's of this report. */
      readonly promptGain?: { readonly mean: number; readonly error: number } | undefined;
    };
  };
  readonly learned?: {
    readonly steps: number;
    readonly seconds: number;
    readonly peakMemoryBytes: number;
    readonly paddingShare: number;
  };
  /** What went wrong with learning; none where all is well. */
  readonly signs: readonly { readonly message: string; readonly advice: string }[];
  /** How documents that were new at the last learning fitted what was learned before. */
  readonly drift?: { readonly hasDrifted: boolean; readonly reason: string };
  readonly corrections: number;
  /** How often the writer has said how a text is meant, and how often at least before a personal reading is tried. */
  readonly toneAnswers: { readonly said: number; readonly wanted: number };
  readonly stored: readonly StoredItem[];
}

export interface Erased {
  readonly erased: readonly StoredItem[];
  /** Rows, files and a trace of each text and blob that was erased were looked for, and nothing was found. */
  readonly verified: boolean;
}

/** Figures about the server itself, for benches and for bug reports. */
export interface ServerFigures {
  readonly processId: number;
  readonly learnerProcessId?: number;
  /** Longest time, in ms, for which one slice of work has held the process. */
  readonly longestSliceMs: number;
  /** Slices so far, from one pause for messages to the next, and the time that 99 of 100 stayed below. */
  readonly slices: { readonly count: number; readonly p99Ms: number };
  readonly cachedSentences: number;
  readonly isModelOpen: boolean;
}

/** Requests from the editor to the server. */
export const requests = {
  /** Folders below the roots that look like prose; `isWhole`: the roots themselves with all that is in them. */
  proposal: request<
    { readonly roots: readonly string[]; readonly isWhole?: boolean },
    readonly FolderProposal[]
  >("proposal"),
  learn: request<LearnParameters, LearnAnswer>("learn"),
  pause: request<Record<string, never>, LearningStatus>("pause"),
  /** Goes on with what was paused or cut short. */
  resume: request<Record<string, never>, LearnAnswer>("resume"),
  status: request<Record<string, never>, LearningStatus>("status"),
  readDocument: request<{ readonly uri: string }, DocumentReading>("readDocument"),
  readSelection: request<{ readonly uri: string; readonly range: Range }, SelectionReading | null>(
    "readSelection",
  ),
  /** Where learning is about to bring the first tags, the answer waits for them; cancel it to give up. */
  suggestTags: request<{ readonly uri: string; readonly limit: number }, TagSuggestions>("suggestTags"),
  tagEdit: request<{ readonly uri: string; readonly tags: readonly string[] }, TagEdit>("tagEdit"),
  teach: request<Teaching, Taught>("teach"),
  withdraw: request<{ readonly id: string }, Record<string, never>>("withdraw"),
  /** Newest first. */
  lessons: request<Record<string, never>, readonly KeptLesson[]>("lessons"),
  reviseLesson: request<LessonRevision, Record<string, never>>("reviseLesson"),
  report: request<{ readonly writer?: string }, readonly WriterReport[]>("report"),
  /** Without a writer: everything that is kept. */
  forget: request<{ readonly writer?: string }, Erased>("forget"),
  figures: request<Record<string, never>, ServerFigures>("figures"),
} as const;

/** Notifications from the server to the editor. */
export const notifications = {
  status: { method: "idiolect/statusChanged" } as NotificationName<LearningStatus>,
  /** Readings may differ now: learned anew, taught, or forgotten. Ask again for what is shown. */
  readingsChanged: { method: "idiolect/readingsChanged" } as NotificationName<Record<string, never>>,
  /** To be shown once. */
  notice: { method: "idiolect/notice" } as NotificationName<{
    readonly message: string;
    readonly advice: string;
  }>,
} as const;

/** Commands that the server executes, for editors that do not run those of `editorCommands` themselves. */
export const serverCommands = {
  /** Argument: `Teaching`. The user is told what was taught; the result is `Taught`. */
  teach: "idiolect.server.teach",
  /** Argument: `{ id }` of what was taught. */
  withdraw: "idiolect.server.withdraw",
  /** Argument: what a code action has put in. Learning must not take it for the writer's own evidence. */
  noteTags: "idiolect.server.noteTags",
  /** Argument: `LearnParameters`, or none for the folders that are open. */
  learn: "idiolect.server.learn",
  pause: "idiolect.server.pause",
  resume: "idiolect.server.resume",
  status: "idiolect.server.status",
} as const;

/** Commands of the editor that hovers and code actions of the server name; no others run from a hover. */
export const editorCommands = {
  /** Argument: `Teaching`. */
  teach: "idiolect.teach",
  suggestTags: "idiolect.suggestTags",
  readDocument: "idiolect.readDocument",
} as const;
