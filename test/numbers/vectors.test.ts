import { expect, test } from "vitest";
import { unitMean } from "../../src/numbers/vectors.ts";

test("the mean of two directions lies between them and has length one", () => {
  const mean = unitMean([Float32Array.from([1, 0]), Float32Array.from([0, 1])]);
  expect([...mean]).toEqual([expect.closeTo(Math.SQRT1_2), expect.closeTo(Math.SQRT1_2)]);
});

test("the mean of nothing is empty", () => {
  expect(unitMean([])).toHaveLength(0);
});
