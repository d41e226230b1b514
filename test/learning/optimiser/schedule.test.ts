import { describe, expect, it } from "vitest";
import { learningRate } from "../../../src/learning/optimiser/schedule.ts";

const options = { peakRate: 2e-2, warmupSteps: 10, totalSteps: 110, floorShare: 0.1 };

describe("learningRate", () => {
  it("rises in a straight line to the peak and moves from the first step on", () => {
    expect(learningRate(1, options)).toBeCloseTo(2e-3, 10);
    expect(learningRate(5, options)).toBeCloseTo(1e-2, 10);
    expect(learningRate(10, options)).toBeCloseTo(2e-2, 10);
  });

  it("falls along half a cosine to the floor and stays there", () => {
    expect(learningRate(60.5, options)).toBeCloseTo((2e-2 + 2e-3) / 2, 10);
    expect(learningRate(111, options)).toBeCloseTo(2e-3, 10);
    expect(learningRate(500, options)).toBeCloseTo(2e-3, 10);
  });

  it("never rises after the warm-up", () => {
    const rates = Array.from({ length: 100 }, (_, at) => learningRate(10 + at, options));
    expect(rates.every((rate, at) => at === 0 || rate <= rates[at - 1]!)).toBe(true);
  });

  it("moves in every step of a run, the last one too", () => {
    for (const totalSteps of [1, 2, 10, 11, 80]) {
      const rates = Array.from({ length: totalSteps }, (_, at) =>
        learningRate(at + 1, { peakRate: 1, warmupSteps: 10, totalSteps }),
      );
      expect(Math.min(...rates)).toBeGreaterThan(0);
    }
  });

  it("works without warm-up and without steps to decay over", () => {
    expect(learningRate(1, { peakRate: 1, warmupSteps: 0, totalSteps: 0 })).toBe(0);
    expect(learningRate(0, { peakRate: 1, warmupSteps: 0, totalSteps: 10 })).toBe(1);
  });
});
