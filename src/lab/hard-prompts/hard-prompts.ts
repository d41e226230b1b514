import { dot } from "../../numbers/vectors.ts";
import { centralPassages } from "./central-passages.ts";
import { LexicalIndex } from "./lexical-index.ts";

/** A stretch of the writer's own text that can stand beside an input. */
export interface HardPassage {
  /** Tokens without special ones. */
  readonly ids: ArrayLike<number>;
  /** Mean of the last hidden states, of length 1; [d]. */
  readonly vector: Float32Array;
  /** Place in time among the writer's passages: larger is newer. */
  readonly time: number;
  /** Its label in words, as tokens, such as those of 'good'; none if absent. */
  readonly label?: ArrayLike<number>;
}

/** What passages are chosen for. */
export type HardQuery = Pick<HardPassage, "ids" | "vector">;

/**
 * Hard prompts: a writer's own passages as context of an input. An order says which of them come first;
 * how many there is room for, `assemble` finds out.
 */
export interface HardPrompts {
  readonly order: HardOrder;
  /** The passages, the one that should stand nearest to the input first. */
  choose(input: HardQuery): readonly HardPassage[];
}

/**
 * - `none`: no passage at all;
 * - `static`: chosen once for all inputs, the most central and diverse;
 * - `similarity`: by cosine of the mean-pooled states;
 * - `lexical`: by BM25 over tokens;
 * - `recent`: the newest.
 */
export const hardOrders = ["none", "static", "similarity", "lexical", "recent"] as const;
export type HardOrder = (typeof hardOrders)[number];

/** Hard prompts of some order from these passages of one writer. */
export function hardPrompts(order: HardOrder, passages: readonly HardPassage[]): HardPrompts {
  switch (order) {
    case "none":
      return { order, choose: () => [] };
    case "static": {
      const chosen = centralPassages(passages);
      return { order, choose: () => chosen };
    }
    case "similarity": {
      const cosines = (vector: Float32Array) => passages.map((passage) => dot(passage.vector, vector));
      return { order, choose: ({ vector }) => byScore(passages, cosines(vector)) };
    }
    case "lexical": {
      const index = new LexicalIndex(passages);
      return { order, choose: ({ ids }) => byScore(passages, index.scores(ids)) };
    }
    case "recent": {
      const newest = passages.toSorted((a, b) => b.time - a.time);
      return { order, choose: () => newest };
    }
    default:
      return order satisfies never;
  }
}

/** The passages by falling score; equal ones the newest first, then as they are given. */
function byScore(passages: readonly HardPassage[], scores: ArrayLike<number>): readonly HardPassage[] {
  return passages
    .map((passage, at) => ({ passage, score: scores[at]! }))
    .sort((a, b) => b.score - a.score || b.passage.time - a.passage.time)
    .map(({ passage }) => passage);
}
