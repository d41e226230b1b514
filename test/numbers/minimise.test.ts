import { expect, test } from "vitest";
import { minimise, type SmoothLoss } from "../../src/numbers/minimise.ts";

/** Of one weight, from its value and its first and second derivative. */
function lossOf(
  value: (x: number) => number,
  slope: (x: number) => number,
  bend: (x: number) => number,
): SmoothLoss {
  return {
    valueAt: ([x = 0]) => value(x),
    slopeAt: ([x = 0]) => ({
      gradient: Float64Array.of(slope(x)),
      hessian: { size: 1, values: Float64Array.of(bend(x)) },
    }),
  };
}

test("Whole steps that would lead ever further away are halved.", () => {
  // From 2 a whole step leads to −12, and the next one beyond 1e9.
  const loss = lossOf(
    (x) => Math.log(Math.cosh(x)),
    (x) => Math.tanh(x),
    (x) => 1 / Math.cosh(x) ** 2,
  );
  for (const from of [2, 30, -300]) expect(minimise(loss, Float64Array.of(from))[0]).toBeCloseTo(0, 6);
});

test("Where the loss bends downwards, the step still leads down.", () => {
  const loss = lossOf(
    (x) => x ** 4 - x ** 2,
    (x) => 4 * x ** 3 - 2 * x,
    (x) => 12 * x ** 2 - 2,
  );
  expect(minimise(loss, Float64Array.of(0.1))[0]).toBeCloseTo(Math.SQRT1_2, 6);
});

test("Weights of which the loss is no number are never taken.", () => {
  const loss = lossOf(
    (x) => x - Math.log(x),
    (x) => 1 - 1 / x,
    (x) => 1 / x ** 2,
  );
  // The whole step leads to −80, of which there is no logarithm.
  expect(minimise(loss, Float64Array.of(10))[0]).toBeCloseTo(1, 6);
});

test("Without a number to begin with the weights stay as they are.", () => {
  const nothing = () => Number.NaN;
  for (const value of [nothing, () => 1, () => Number.POSITIVE_INFINITY]) {
    expect(minimise(lossOf(value, nothing, nothing), Float64Array.of(3))).toEqual(Float64Array.of(3));
  }
});
