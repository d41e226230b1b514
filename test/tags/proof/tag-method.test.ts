import fc from "fast-check";
import { expect, test } from "vitest";
import { rankTags } from "../../../src/tags/proof/tag-method.ts";

test("scores that are equal to four decimals are in order of name", () => {
  const scores: [string, number][] = [
    ["b", 0.50001],
    ["a", 0.50004],
    ["c", 0.9],
  ];
  expect(rankTags(scores, 3).map(({ tag }) => tag)).toEqual(["c", "a", "b"]);
});

test("the ranking does not depend on the order in which scores are given", () => {
  const scores = fc.uniqueArray(
    fc.tuple(fc.string({ minLength: 1 }), fc.double({ noNaN: true, min: -5, max: 5 })),
    { selector: ([tag]) => tag },
  );
  fc.assert(
    fc.property(scores, (given) => {
      expect(rankTags(given.toReversed(), 5)).toEqual(rankTags(given, 5));
    }),
  );
});
