import type { RankerStart } from "./ranker.ts";

/**
 * What each kind of evidence weighs for a writer of whom nothing is known. The assistant's share was chosen among .15,
 * .3 and .5 on rewritten paragraphs by 20 writers, each scored without having been learned from (docs/evaluation.md).
 */
export const startWeights: RankerStart = { bias: -2, characters: 1, words: 1, assistantShare: 0.3 };
