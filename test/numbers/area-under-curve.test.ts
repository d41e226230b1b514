import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areaUnderCurve } from "../../src/numbers/area-under-curve.ts";

describe("The area under the curve", () => {
  test("is the share of pairs in which the one of the first side is higher.", () => {
    expect(areaUnderCurve([3, 4], [1, 2])).toBe(1);
    expect(areaUnderCurve([1, 2], [3, 4])).toBe(0);
    expect(areaUnderCurve([2], [1, 2, 3])).toBe(0.5);
    expect(areaUnderCurve([], [1])).toBe(0.5);
  });

  test("of sides that change places is what is left of one.", () => {
    const side = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(side, side, (a, b) => {
        expect(areaUnderCurve(a, b) + areaUnderCurve(b, a)).toBeCloseTo(1, 12);
      }),
    );
  });
});
