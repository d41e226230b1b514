import type { SentimentSetReport } from "./sentiment-data.ts";
import type { TextKind } from "./sources.ts";
import type { TrainingKind } from "./training-kind.ts";

export interface TextReport {
  readonly licence: string;
  readonly credit: string;
  readonly documents: number;
  readonly removedParagraphs: number;
  readonly trainPassages: number;
  readonly trainTokens: number;
  readonly heldOutPassages: number;
  readonly heldOutTokens: number;
}

/** What became of the sets: for the model card. */
export interface BuildDataReport {
  readonly kind: TrainingKind;
  readonly text: Readonly<Record<TextKind, TextReport>>;
  readonly sentiment: Readonly<Record<string, SentimentSetReport & { readonly licence: string }>>;
  /** Writers kept out of all training, with their tokens. */
  readonly newWriters: Readonly<Record<string, number>>;
  /** Texts that the test leaves out because training text nearly repeats them; see `repeats.ts`. */
  readonly leftOutOfTests: { readonly tweeteval: number; readonly newWriterParagraphs: number };
  /** Sets that are not trained on, with the reason. */
  readonly leftOut: Readonly<Record<string, string>>;
  readonly secondsToMake: number;
}
