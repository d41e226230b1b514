import type { ScoredTag } from "./tag-method.ts";

/** How well the suggestions for one document meet its true tags. */
export interface DocumentTagScore {
  /** 1 / rank of the first true tag among the suggestions, 0 if there is none. */
  readonly reciprocalRank: number;
  /** Share of the true tags among the first five suggestions. */
  readonly recallAt5: number;
  /** 1 if the first suggestion is a true tag, else 0. */
  readonly precisionAt1: number;
}

/** Means over documents. */
export interface TagMetrics {
  readonly mrr: number;
  readonly recallAt5: number;
  readonly precisionAt1: number;
  readonly documents: number;
}

/** Scores suggestions (best first) against the true tags; undefined where there is no true tag. */
export function scoreSuggestions(
  suggestions: readonly ScoredTag[],
  trueTags: ReadonlySet<string>,
): DocumentTagScore | undefined {
  if (trueTags.size === 0) return undefined;
  const first = suggestions.findIndex(({ tag }) => trueTags.has(tag));
  const hits = suggestions.slice(0, 5).filter(({ tag }) => trueTags.has(tag)).length;
  return {
    reciprocalRank: first < 0 ? 0 : 1 / (first + 1),
    recallAt5: hits / trueTags.size,
    precisionAt1: first === 0 ? 1 : 0,
  };
}

/** The means of the documents' scores. */
export function meanTagMetrics(scores: readonly DocumentTagScore[]): TagMetrics {
  const mean = (value: (score: DocumentTagScore) => number): number =>
    scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + value(score), 0) / scores.length;
  return {
    mrr: mean((score) => score.reciprocalRank),
    recallAt5: mean((score) => score.recallAt5),
    precisionAt1: mean((score) => score.precisionAt1),
    documents: scores.length,
  };
}
