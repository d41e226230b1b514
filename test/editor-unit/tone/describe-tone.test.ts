import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { toneStrip } from "../../../src/editor/tone/describe-tone.ts";

describe("The course of tone in one line", () => {
  it.each([
    [[-1, 0, 1], "▁▄▇"],
    [[-1, -0.5, 0.5], "▁▃▆"],
    [[-0.1, 0, 0.1], "▃▄▅"],
    [[-0.6, 0.3], "▁▆"],
    [[], ""],
  ])("is low for negative and high for positive: %j gives '%s'", (valences, strip) => {
    expect(toneStrip(valences)).toBe(strip);
  });

  test("It puts neighbours together where there are too many, and never shows more than it may.", () => {
    expect(toneStrip([1, 1, 1, -1, -1, -1], 2)).toBe("▇▁");
    const valence = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(valence, { maxLength: 200 }),
        fc.integer({ min: 1, max: 40 }),
        (valences, most) => {
          expect([...toneStrip(valences, most)]).toHaveLength(Math.min(valences.length, most));
        },
      ),
    );
  });
});
