import { describe, expect, it } from "vitest";
import {
  calibrateOnProse,
  likeliestScale,
  type ProseReading,
} from "../../scripts/model/prose-calibration.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { classShares, scaleOfText } from "../../src/tone/head/ordinal-scale.ts";
import { sideShares } from "../../src/tone/reading/tone-reading.ts";

const thresholds = [-3, -1, 1, 3] as const;

/** Sentences whose sides are drawn by shares that were read, sharper or flatter than they are by a factor. */
function draw(count: number, sharpness: number, seed = "prose"): readonly ProseReading[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const [latent, textScale] = [2.5 * random.normal(), 0.3 + random()];
    const shares = sideShares(
      classShares(latent, scaleOfText({ textScale }, { thresholds, temperature: 1 })),
    );
    const place = random();
    const side = place < shares[0] ? 0 : place < shares[0] + shares[1] ? 1 : 2;
    return { latent, textScale: textScale / sharpness, side };
  });
}

describe("calibration on prose", () => {
  it.each([1, 1.6, 0.7])("undoes a head that is surer than it is right by a factor of %d", (sharpness) => {
    const { temperature } = calibrateOnProse(draw(4000, sharpness), thresholds);
    expect(temperature / sharpness).toBeGreaterThan(0.9);
    expect(temperature / sharpness).toBeLessThan(1.1);
  });

  it("shows a side from the share on at which as many are right as wanted, also where the head finds too much tone", () => {
    for (const offset of [0, 0.4]) {
      // The head's lines lie further in than those that the sides were drawn with.
      const inner = [-3 + offset, -1 + offset, 1 - offset, 3 - offset] as const;
      const readings = draw(6000, 1);
      const { temperature, minimum } = calibrateOnProse(readings, inner, 0.85);
      const fresh = draw(20_000, 1, "fresh");
      for (const [side, least] of [
        [0, minimum.negative],
        [2, minimum.positive],
      ] as const) {
        const judged = fresh.flatMap((reading) => {
          const scale = scaleOfText(reading, { thresholds: inner, temperature });
          const shares = sideShares(classShares(reading.latent, scale));
          const share = Math.max(...shares);
          return shares.indexOf(share) === side ? [{ share, isRight: reading.side === side }] : [];
        });
        const shown = judged.filter(({ share }) => share >= least);
        const precision = shown.filter(({ isRight }) => isRight).length / shown.length;
        expect(precision).toBeGreaterThan(0.83);
        expect(precision).toBeLessThan(0.89);
      }
    }
  });

  it("finds the lines that the sides were drawn with", () => {
    const { temperature, thresholds: found } = likeliestScale(draw(6000, 1), {
      temperature: 1,
      thresholds: [-2.6, -0.6, 0.5, 2.5],
    });
    expect(temperature).toBeCloseTo(1, 0);
    expect(found[1]).toBeCloseTo(-1, 0);
    expect(found[2]).toBeCloseTo(1, 0);
  });

  it("never shows a side that is not right often enough anywhere, or too seldom to tell", () => {
    const wrong = draw(300, 1).map((reading) => ({ ...reading, side: 1 }));
    expect(calibrateOnProse(wrong, thresholds).minimum).toEqual({ negative: 1, positive: 1 });
    const few = [
      ...wrong.map((one) => ({ ...one, latent: 0 })),
      ...Array.from({ length: 5 }, () => ({ latent: 9, side: 2 })),
    ];
    expect(calibrateOnProse(few, thresholds).minimum.positive).toBe(1);
  });
});
