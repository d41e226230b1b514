import { expect, test } from "vitest";
import { fitRankerPrior, lessonsOf } from "../../../src/lab/tags/fit-ranker-prior.ts";
import { documentOf } from "../../tags/tagged-documents.ts";

test("weights learned on one writer suggest the right tag to another", () => {
  const documents = Array.from({ length: 30 }, (_, at) =>
    at % 2 === 0
      ? documentOf(at, "Bread\nflour and oven", ["baking"], [1, 0.01 * at])
      : documentOf(at, "Boat\nrope and wind", ["sailing"], [0.01 * at, 1]),
  );
  const lessons = lessonsOf(documents);
  const prior = fitRankerPrior([lessons]);
  expect(Object.keys(prior.features)).toEqual([...lessons.names]);
  expect(prior.features["document.share5"]?.weight).toBeGreaterThan(0);
  for (const { weight, deviation } of Object.values(prior.features)) {
    expect(Number.isFinite(weight)).toBe(true);
    expect(deviation).toBeGreaterThan(0);
  }
});
