import type { Range } from "./readings.ts";

/** A word that would fit, with its share among all whole words, 0 to 1. */
export interface FittingWord {
  readonly word: string;
  readonly share: number;
}

/** A word of the writer's own documents that would fit. */
export interface WriterWord extends FittingWord {
  /** Its share in general. */
  readonly generalShare: number;
  /** How often it stands in the writer's documents. */
  readonly uses: number;
  /** Sentences of the writer's in which it stands, with the path of their document. */
  readonly passages: readonly { readonly text: string; readonly path: string }[];
}

export type WordSuggestions =
  | {
      readonly kind: "suggested";
      /** What a word takes the place of, in which version of the document, and what stands there. */
      readonly range: Range;
      readonly version: number;
      readonly text: string;
      /** The writer's own, likeliest first; absent where the writer's part is not used, and why. */
      readonly own?: readonly WriterWord[];
      readonly closed?: string;
      /** Those that fit in general, likeliest first. */
      readonly general: readonly FittingWord[];
    }
  | { readonly kind: "none"; readonly reason: string };
