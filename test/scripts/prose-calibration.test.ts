import { describe, expect, it } from "vitest";
import { calibrateOnProse, type ProseReading } from "../../scripts/model/prose-calibration.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { classShares, scaleOfText } from "../../src/tone/head/ordinal-scale.ts";
import { sideShares } from "../../src/tone/reading/tone-reading.ts";

const thresholds = [-3, -1, 1, 3] as const;

/** Sentences whose sides are drawn by shares that were read, sharper or flatter than they are by a factor. */
function draw(count: number, sharpness: number): readonly ProseReading[] {
  const random = createRandom("prose");
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

  it("shows a side from the share on at which as many are right as wanted, and no later", () => {
    const readings = draw(4000, 1);
    const { temperature, minimum } = calibrateOnProse(readings, thresholds, 0.9);
    for (const [side, least] of [
      [0, minimum.negative],
      [2, minimum.positive],
    ] as const) {
      const judged = readings.flatMap((reading) => {
        const shares = sideShares(
          classShares(reading.latent, scaleOfText(reading, { thresholds, temperature })),
        );
        const share = Math.max(...shares);
        return shares.indexOf(share) === side ? [{ share, isRight: reading.side === side }] : [];
      });
      const precision = (from: number): number => {
        const shown = judged.filter(({ share }) => share >= from);
        return shown.filter(({ isRight }) => isRight).length / shown.length;
      };
      expect(precision(least)).toBeGreaterThanOrEqual(0.9);
      expect(precision(least - 0.05)).toBeLessThan(0.9);
    }
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
