import { describe, expect, it } from "vitest";
import { isSure, meanGain } from "../../src/numbers/gate.ts";

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
