import { expect, test } from "vitest";
import { mean, quantile, sigmoid, sum, variance } from "../../src/numbers/mean.ts";

test("Sums and means of nothing are 0.", () => {
  expect([sum([]), mean([])]).toEqual([0, 0]);
  expect([sum([1, 2, 6]), mean([1, 2, 6])]).toEqual([9, 3]);
});

test("A variance is over n, or over n − 1 of a sample.", () => {
  expect([variance([1, 3]), variance([1, 3], 1)]).toEqual([1, 2]);
});

test.each([
  [0, 1],
  [0.5, 3],
  [0.75, 5],
  [1, 9],
])("Of five values the quantile at %d is %d.", (share, value) => {
  expect(quantile([1, 2, 3, 5, 9], share)).toBe(value);
});

test("Between two values a quantile lies linearly.", () => {
  expect(quantile([0, 10], 0.3)).toBeCloseTo(3);
});

test("The logistic function is even around one half.", () => {
  expect(sigmoid(0)).toBe(0.5);
  expect(sigmoid(2) + sigmoid(-2)).toBeCloseTo(1);
});
