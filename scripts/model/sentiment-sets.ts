import type { Passage } from "../../src/learning/passages.ts";

/** A labelled text, with special tokens; `label` lies in [0, classes), 0 the most negative. */
export interface SentimentExample extends Passage {
  readonly set: string;
  readonly label: number;
  readonly classes: 2 | 3 | 5;
}

/** A labelled text before it is tokenised. */
export interface LabelledText {
  readonly text: string;
  readonly set: string;
  readonly label: number;
  readonly classes: 2 | 3 | 5;
}
