import { expect, test } from "vitest";
import { cosine, dot, meanVector, unitMean } from "../../src/numbers/vectors.ts";

test("the mean of two directions lies between them and has length one", () => {
  const mean = unitMean([Float32Array.from([1, 0]), Float32Array.from([0, 1])]);
  expect([...mean]).toEqual([expect.closeTo(Math.SQRT1_2), expect.closeTo(Math.SQRT1_2)]);
});

test("the mean of nothing is empty", () => {
  expect(unitMean([])).toHaveLength(0);
});

test("A product is of all numbers, or of the first ones; a cosine does not know lengths, and is 0 for zeros.", () => {
  const [a, b] = [Float32Array.of(3, 4), Float32Array.of(6, 8)];
  expect([dot(a, b), dot(a, b, 1)]).toEqual([50, 18]);
  expect(cosine(a, b)).toBeCloseTo(1);
  expect(cosine(a, Float32Array.of(0, 0))).toBe(0);
});

test("A mean vector has the mean of each number.", () => {
  expect([...meanVector([Float32Array.of(1, 2), Float32Array.of(3, 6)])]).toEqual([2, 4]);
});

test("Inner products of any length are sums of products, up to a count.", () => {
  for (let length = 0; length < 10; length++) {
    const a = Float64Array.from({ length }, (_, at) => at + 1);
    const b = Float32Array.from({ length }, (_, at) => 2 - at);
    for (let count = 0; count <= length; count++) {
      const sum = a.subarray(0, count).reduce((total, value, at) => total + value * b[at]!, 0);
      expect(dot(a, b, count)).toBe(sum);
    }
  }
});
