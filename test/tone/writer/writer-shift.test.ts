import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/numbers/random.ts";
import { fitShift, noShift, shiftLatent, type WeighedLabel } from "../../../src/tone/writer/writer-shift.ts";
import { scale, valence } from "../tone-texts.ts";

/** Labels of a writer who means `bias` more than is read, and all of it `spread` times as strongly. */
function labelsOf(count: number, bias: number, spread = 1): readonly WeighedLabel[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const latent = 2 * random.normal();
    const uniform = random();
    const meant = spread * latent + bias + Math.log(uniform / (1 - uniform));
    const above = scale.thresholds.filter((threshold) => meant > threshold).length;
    return { latent, target: valence((above - 2) / 2), weight: 1 };
  });
}

const weak = { biasPrecision: 0.01, spreadPrecision: 0.01 };

describe("a writer's shift", () => {
  it("is none without labels", () => {
    expect(fitShift([], scale)).toEqual(noShift);
  });

  it("finds bias and spread of many labels", () => {
    const { bias, logSpread } = fitShift(labelsOf(3000, 1.2, 1.4), scale, weak);
    expect(bias).toBeCloseTo(1.2, 0);
    expect(Math.exp(logSpread)).toBeCloseTo(1.4, 0);
  });

  it("does not depend on how far a model's latent valences lie apart", () => {
    const labels = labelsOf(12, 1.2);
    const here = fitShift(labels, scale);
    const [a, b, c, d] = scale.thresholds;
    const wide = { thresholds: [3 * a, 3 * b, 3 * c, 3 * d] as const, temperature: 3 * scale.temperature };
    const there = fitShift(
      labels.map((label) => ({ ...label, latent: 3 * label.latent })),
      wide,
    );
    expect(there.bias).toBeCloseTo(3 * here.bias, 3);
    expect(there.logSpread).toBeCloseTo(here.logSpread, 3);
  });

  it("is drawn to none by the prior, the more so the fewer labels there are", () => {
    const few = fitShift(labelsOf(5, 1.2), scale).bias;
    const many = fitShift(labelsOf(500, 1.2), scale).bias;
    expect(Math.abs(few)).toBeLessThan(Math.abs(fitShift(labelsOf(5, 1.2), scale, weak).bias));
    expect(Math.abs(many - 1.2)).toBeLessThan(Math.abs(few - 1.2));
  });

  it("is at a top: no near shift is likelier", () => {
    const labels = labelsOf(60, -0.8);
    const start = fitShift(labels, scale);
    const again = fitShift([...labels, ...labels.map((label) => ({ ...label, weight: 0 }))], scale);
    expect(again).toEqual(start);
    expect(start.bias).toBeLessThan(0);
  });

  it("keeps the order of texts and moves neutral by the bias alone", () => {
    const shift = { bias: 0.5, logSpread: -0.3 };
    expect(shiftLatent(0, shift, scale)).toBe(0.5);
    expect(shiftLatent(3, shift, scale)).toBeGreaterThan(shiftLatent(2, shift, scale));
  });
});
