import { describe, expect, it } from "vitest";
import { isProven, meanInterval, upperPoint } from "../../src/numbers/intervals.ts";
import { isSure, meanGain } from "../../src/numbers/mean-gain.ts";

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

describe("A mean gain", () => {
  it("has the standard error of a sample, divided by n − 1", () => {
    expect(meanGain([1, 3])).toMatchObject({ mean: 2, error: 1, measured: 2 });
  });

  it("is never sure for a single text or a handful, and is where it is the same in many", () => {
    expect(meanGain([])).toBeUndefined();
    expect(meanGain([5])).toBeUndefined();
    expect(isSure(meanGain([5, 5, 5])!)).toBe(false);
    expect(isSure(meanGain([5, 5, 4, 5, 6, 5])!)).toBe(true);
    expect(isSure(meanGain([5, -5, 4, -5, 6, -5])!)).toBe(false);
  });
});
