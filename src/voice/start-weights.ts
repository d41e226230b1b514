import type { RankerStart } from "./ranker.ts";

/**
 * What each kind of evidence weighs for a writer of whom nothing is known. The assistant's share was chosen on
 * rewritten paragraphs by 20 writers, what assistants do being learned from the others each time (docs/evaluation.md).
 */
export const startWeights: RankerStart = { bias: -2, characters: 1, words: 1, assistantShare: 0.3 };
