export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type ToneName = "veryNegative" | "negative" | "neutral" | "positive" | "veryPositive";

/** −1 to 1; no label where no side is clear; confidence: how likely what is shown is right, 0 to 1. */
export interface ToneReading {
  readonly valence: number;
  readonly label: ToneName | null;
  readonly confidence: number;
  /** Both sides are strong; beside a label that is null. */
  readonly mixed?: true;
}

/** The general reading and, where it is shown, the writer's own. */
export interface ReadingPair {
  readonly general: ToneReading;
  readonly personal: ToneReading | null;
  /** The writer said so: the sentence was taught. */
  readonly taught?: true;
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
}

/** A sentence in a language that the model does not read. */
export interface UnreadSentence {
  readonly range: Range;
  /** Untrusted text. */
  readonly plain: string;
  /** ISO 639-1 where there is one, else 639-3. */
  readonly language: string;
}

/** The tone of one version of an open document. */
export interface DocumentReading {
  readonly version: number;
  /** Of the sentences that are read; null where there is none. */
  readonly document: ReadingPair | null;
  /** Those that are read. */
  readonly sentences: readonly SentenceReading[];
  readonly notRead: readonly UnreadSentence[];
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
  /** Null where all of it is in a language that the model does not read. */
  readonly reading: ReadingPair | null;
}
