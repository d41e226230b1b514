import { describe, expect, it, test } from "vitest";
import { isProven } from "../../src/numbers/gate.ts";
import { meanInterval, pairedBootstrap, upperPoint } from "../../src/numbers/intervals.ts";
import { createRandom } from "../../src/numbers/random.ts";

describe("An interval of a mean", () => {
  it("has the points of Student's distribution", () => {
    const points = {
      1: 63.6567,
      2: 9.92484,
      3: 5.84091,
      4: 4.60409,
      5: 4.03214,
      9: 3.24984,
      19: 2.86093,
      39: 2.70791,
      199: 2.60076,
    };
    for (const [freedom, point] of Object.entries(points)) {
      expect(upperPoint(Number(freedom))).toBeCloseTo(point, 3);
    }
  });

  it("is Student's where values lie evenly around their mean", () => {
    const { mean, low, high } = meanInterval([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(high - mean).toBeCloseTo(4.60409 * Math.sqrt(2.5 / 5), 3);
    expect(mean - low).toBeCloseTo(high - mean, 9);
  });

  it("reaches farther to the side of the long tail", () => {
    const { mean, low, high } = meanInterval([1, 1.1, 0.9, 1, 1.05, 0.2, 0.95]);
    expect(mean - low).toBeGreaterThan(1.2 * (high - mean));
    const mirrored = meanInterval([1, 1.1, 0.9, 1, 1.05, 0.2, 0.95].map((value) => -value));
    expect(mirrored.low).toBeCloseTo(-high, 9);
    expect(mirrored.high).toBeCloseTo(-low, 9);
  });

  it("has no bounds for one value, and proves nothing of fewer than six", () => {
    expect(meanInterval([1])).toMatchObject({ mean: 1, low: -Infinity, high: Infinity });
    expect(isProven([1])).toBe(false);
    expect(isProven([1, 1, 1, 1, 1])).toBe(false);
    expect(isProven([1, 1, 1, 1, 1, 1.1])).toBe(true);
    expect(isProven([1, 1, 1, 1, 1, -9])).toBe(false);
  });
});

test("equal differences leave no doubt", () => {
  expect(pairedBootstrap([0.25, 0.25, 0.25], createRandom(1))).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
});

test("the interval has the width that theory gives for many differences", () => {
  const random = createRandom(2);
  const differences = Array.from({ length: 400 }, () => random());
  const { mean, low, high } = pairedBootstrap(differences, random);
  // Uniform values have the deviation 1/√12, so the half-width is 1.96 / √(12 · 400).
  expect((high - low) / 2).toBeCloseTo(1.96 / Math.sqrt(12 * 400), 2);
  expect(low).toBeLessThan(mean);
  expect(high).toBeGreaterThan(mean);
});

test("each end leaves out a fortieth: 1.96 standard errors to either side", () => {
  const random = createRandom(5);
  const differences = Array.from({ length: 400 }, () => random());
  const { mean, low, high } = pairedBootstrap(differences, random, 20_000);
  const squares = differences.reduce((sum, difference) => sum + (difference - mean) ** 2, 0);
  const error = Math.sqrt(squares / 400 / 400);
  expect((mean - low) / error).toBeCloseTo(1.96, 1);
  expect((high - mean) / error).toBeCloseTo(1.96, 1);
});

test("the same seed gives the same interval", () => {
  const differences = [0.5, -0.25, 0, 1, 0.1];
  expect(pairedBootstrap(differences, createRandom(3))).toEqual(
    pairedBootstrap(differences, createRandom(3)),
  );
});

test("no difference at all is zero", () => {
  expect(pairedBootstrap([], createRandom(4))).toEqual({ mean: 0, low: 0, high: 0 });
});
