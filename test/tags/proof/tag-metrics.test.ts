import { expect, test } from "vitest";
import { meanTagMetrics, scoreSuggestions } from "../../../src/tags/proof/tag-metrics.ts";

const suggested = ["a", "b", "c", "d", "e", "f"].map((tag, at) => ({ tag, score: 1 - at / 10 }));

test("the reciprocal rank is that of the first true tag", () => {
  expect(scoreSuggestions(suggested, new Set(["c", "f"]))?.reciprocalRank).toBeCloseTo(1 / 3);
});

test("recall at 5 counts the true tags among the first five against all true tags", () => {
  expect(scoreSuggestions(suggested, new Set(["a", "e", "f", "unknown"]))?.recallAt5).toBe(0.5);
});

test("precision at 1 asks only for the first suggestion", () => {
  expect(scoreSuggestions(suggested, new Set(["a"]))?.precisionAt1).toBe(1);
  expect(scoreSuggestions(suggested, new Set(["b"]))?.precisionAt1).toBe(0);
});

test("a document without a true tag has no score", () => {
  expect(scoreSuggestions(suggested, new Set())).toBeUndefined();
});

test("a true tag that was not suggested is a miss", () => {
  expect(scoreSuggestions(suggested, new Set(["z"]))).toEqual({
    reciprocalRank: 0,
    recallAt5: 0,
    precisionAt1: 0,
  });
});

test("means are over documents and are zero where there is none", () => {
  const scores = [
    { reciprocalRank: 1, recallAt5: 1, precisionAt1: 1 },
    { reciprocalRank: 0.5, recallAt5: 0, precisionAt1: 0 },
  ];
  expect(meanTagMetrics(scores)).toEqual({ mrr: 0.75, recallAt5: 0.5, precisionAt1: 0.5, documents: 2 });
  expect(meanTagMetrics([])).toEqual({ mrr: 0, recallAt5: 0, precisionAt1: 0, documents: 0 });
});
