import { expect, test } from "vitest";
import { pairedBootstrap } from "../../src/numbers/bootstrap.ts";

/** mulberry32, uniform in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test("equal differences leave no doubt", () => {
  expect(pairedBootstrap([0.25, 0.25, 0.25], seeded(1))).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
});

test("the interval has the width that theory gives for many differences", () => {
  const random = seeded(2);
  const differences = Array.from({ length: 400 }, () => random());
  const { mean, low, high } = pairedBootstrap(differences, random);
  // Uniform values have the deviation 1/√12, so the half-width is 1.96 / √(12 · 400).
  expect((high - low) / 2).toBeCloseTo(1.96 / Math.sqrt(12 * 400), 2);
  expect(low).toBeLessThan(mean);
  expect(high).toBeGreaterThan(mean);
});

test("each end leaves out a fortieth: 1.96 standard errors to either side", () => {
  const random = seeded(5);
  const differences = Array.from({ length: 400 }, () => random());
  const { mean, low, high } = pairedBootstrap(differences, random, 20_000);
  const squares = differences.reduce((sum, difference) => sum + (difference - mean) ** 2, 0);
  const error = Math.sqrt(squares / 400 / 400);
  expect((mean - low) / error).toBeCloseTo(1.96, 1);
  expect((high - mean) / error).toBeCloseTo(1.96, 1);
});

test("the same seed gives the same interval", () => {
  const differences = [0.5, -0.25, 0, 1, 0.1];
  expect(pairedBootstrap(differences, seeded(3))).toEqual(pairedBootstrap(differences, seeded(3)));
});

test("no difference at all is zero", () => {
  expect(pairedBootstrap([], seeded(4))).toEqual({ mean: 0, low: 0, high: 0 });
});
