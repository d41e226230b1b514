import type { RankerStart } from "./ranker.ts";

/**
 * What each kind of evidence weighs for a writer of whom nothing is known. What words and an assistant's marks weigh was
 * chosen on rewritten paragraphs by 20 writers, what assistants do being learned from the others each time
 * (docs/evaluation.md).
 */
export const startWeights: RankerStart = { bias: -2, characters: 1, words: 0.7, assistantShare: 0.25 };
