import { expect, test } from "vitest";
import { evaluateTags } from "../../../src/lab/tags/evaluate-tags.ts";
import { documentOf } from "../../tags/tagged-documents.ts";

/** Twenty posts on two subjects in turn; the last one has a tag that no earlier one had. */
const documents = Array.from({ length: 20 }, (_, at) =>
  at % 2 === 0
    ? documentOf(at, "Bread\nflour and oven", at === 18 ? ["baking", "new"] : ["baking"], [1, 0.1 * at])
    : documentOf(at, "Boat\nrope and wind", at === 19 ? ["brand-new"] : ["sailing"], [0.01 * at, 1]),
);
const random = () => 0.5;

test("every method of the table is measured on the newest 30 percent", () => {
  const evaluation = evaluateTags(documents, { random });
  expect(Object.keys(evaluation.methods).toSorted()).toEqual([
    "bll",
    "centroid",
    "embeddingKnn",
    "idiolect",
    "mostFrequent",
    "tfidfKnn",
    "tfidfLogistic",
  ]);
  expect(evaluation.documents).toBe(20);
  // Of the six newest, one has only a tag that was never seen.
  for (const { known, all } of Object.values(evaluation.methods)) {
    expect([known.documents, all.documents]).toEqual([5, 6]);
  }
});

test("an unknown tag is a miss for all and is not asked for in known", () => {
  const { embeddingKnn } = evaluateTags(documents, { random }).methods;
  expect(embeddingKnn.known.recallAt5).toBe(1);
  expect(embeddingKnn.all.recallAt5).toBeCloseTo((4 + 0.5) / 6);
});

test("the order in which documents are given does not matter", () => {
  expect(evaluateTags(documents.toReversed(), { random })).toEqual(evaluateTags(documents, { random }));
});
