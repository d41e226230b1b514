import { describe, expect, it } from "vitest";
import { vaderClass } from "../../../src/lab/baselines/vader.ts";
import { correlation, measureClasses } from "../../../src/lab/measures/class-measures.ts";

describe("measureClasses", () => {
  it("tells right, F1 and recall of the classes that are there, and what was guessed of each", () => {
    const measures = measureClasses([0, 0, 1, 1, 1, 1], [0, 2, 1, 1, 1, 0], 3);
    expect(measures.right).toBeCloseTo(4 / 6);
    expect(measures.macroF1).toBeCloseTo((2 / 4 + 6 / 7) / 2);
    expect(measures.macroRecall).toBeCloseTo((1 / 2 + 3 / 4) / 2);
    expect(measures.classes).toEqual([
      { labels: 2, guesses: 2, precision: 0.5, recall: 0.5 },
      { labels: 4, guesses: 3, precision: 1, recall: 0.75 },
      { labels: 0, guesses: 1, precision: 0, recall: null },
    ]);
    expect(measureClasses([0], [0], 2).classes[1]).toEqual({
      labels: 0,
      guesses: 0,
      precision: null,
      recall: null,
    });
  });

  it("correlates by Pearson", () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1);
    expect(correlation([1, 2, 3], [1, 0, -1])).toBeCloseTo(-1);
    expect(correlation([0, 1, 0, 1], [0, 0, 1, 1])).toBeCloseTo(0);
    expect(correlation([1, 1], [0, 1])).toBeUndefined();
  });
});

describe("VADER", () => {
  it("finds five classes by the lines of its authors", () => {
    expect(vaderClass("I love it, it is wonderful!")).toBe(4);
    expect(vaderClass("The museum opens at nine.")).toBe(2);
    expect(vaderClass("A horrible, terrible waste.")).toBe(0);
  });
});
