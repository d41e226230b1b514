import type { LeftOut } from "./learner.ts";
import type { WriterSummary } from "./learning-status.ts";

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

/** How the writer writes beside others, or how little there is to tell it by. */
export type ReportedWriting =
  | {
      readonly kind: "short";
      readonly documents: number;
      readonly words: number;
      readonly fewestDocuments: number;
      readonly fewestWords: number;
    }
  | {
      readonly kind: "compared";
      /** How many others. */
      readonly others: number;
      /** Words that the writer uses more often than others: `times` as often. */
      readonly words: readonly {
        readonly word: string;
        readonly times: number;
        readonly uses: number;
        readonly documents: number;
      }[];
      /** In a thousand words, or words to a sentence. */
      readonly habits: readonly {
        readonly kind: ReportedHabit;
        readonly own: number;
        readonly others: number;
      }[];
    };

/** Words that the writer's prompts read in another way than general ones do, those of which it is clearest first. */
export interface ReportedOwnWords {
  readonly words: readonly {
    readonly word: string;
    readonly uses: number;
    readonly documents: number;
    /** A sentence of the writer's in which it stands. */
    readonly passage?: { readonly text: string; readonly path: string };
  }[];
}

export type ReportedHabit =
  | "sentenceWords"
  | "commas"
  | "semicolons"
  | "colons"
  | "brackets"
  | "dashes"
  | "questions"
  | "exclamations"
  | "contractions"
  | "firstPerson"
  | "firstPersonPlural"
  | "secondPerson";

/** What was learned of a writer and whether it helped; figures on held-out text as in `report --json`. */
export interface WriterReport {
  readonly writer: WriterSummary;
  readonly profileVersions: readonly {
    readonly id: string;
    readonly createdMs: number;
    readonly isActive: boolean;
    /** Whether readings can use it: it is whole, and of the base model of the version in use. */
    readonly canBeUsed: boolean;
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
    readonly leftOut?: readonly LeftOut[] | undefined;
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
  readonly writing: ReportedWriting;
  /** Words that the writer uses in a way of their own; absent where that was not looked for. */
  readonly ownWords?: ReportedOwnWords;
  readonly stored: readonly StoredItem[];
}

export interface Erased {
  readonly erased: readonly StoredItem[];
  /** Rows, files and a trace of each text and blob that was erased were looked for, and nothing was found. */
  readonly verified: boolean;
}
