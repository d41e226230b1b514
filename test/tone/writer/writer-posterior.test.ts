import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/numbers/random.ts";
import { WriterPosterior } from "../../../src/tone/writer/writer-posterior.ts";
import { noShift, type WeighedLabel } from "../../../src/tone/writer/writer-shift.ts";
import { scale, valence } from "../tone-texts.ts";

/** Answers of a writer who means `bias` more than is read, and all of it `spread` times as strongly. */
function answers(count: number, bias: number, spread = 1): readonly WeighedLabel[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const latent = 2 * random.normal();
    const uniform = random();
    const meant = spread * latent + bias + Math.log(uniform / (1 - uniform));
    const above = scale.thresholds.filter((threshold) => meant > threshold).length;
    return { latent, target: valence((above - 2) / 2), weight: 1 };
  });
}

const shiftOf = (labels: readonly WeighedLabel[]) => WriterPosterior.of(labels, scale).shift;

describe("what answers say of a writer", () => {
  it("is before any of them that nobody is moved, and that nothing is better than the general reading", () => {
    const before = WriterPosterior.before(scale);
    expect(before.shift.bias).toBeCloseTo(noShift.bias, 9);
    expect(before.shift.logSpread).toBeCloseTo(noShift.logSpread, 9);
    expect(before.beatsGeneral([{ latent: 1 }])).toBeLessThan(0.1);
  });

  it("finds bias and spread of many answers", () => {
    const { bias, logSpread } = shiftOf(answers(600, 1.2, 1.4));
    expect(bias).toBeCloseTo(1.2, 0);
    expect(Math.exp(logSpread)).toBeCloseTo(1.4, 0);
  });

  it("draws the shift to none, the more so the fewer answers there are", () => {
    const [few, many] = [shiftOf(answers(4, 2)), shiftOf(answers(100, 2))];
    expect(few.bias).toBeGreaterThan(0);
    expect(few.bias).toBeLessThan(many.bias);
  });

  it("goes three quarters of the way to what is likely after twelve answers, and nearly all of it after hundreds", () => {
    for (const [count, share] of [
      [12, 12 / 16],
      [400, 400 / 404],
    ] as const) {
      const { meant, shift } = WriterPosterior.of(answers(count, 2), scale);
      const likely = meant.reduce((sum, one) => sum + one.probability * one.shift.bias, 0);
      expect(shift.bias / likely).toBeCloseTo(share, 9);
    }
  });

  it("does not depend on how far a model's latent valences lie apart", () => {
    const labels = answers(12, 1.2);
    const [a, b, c, d] = scale.thresholds;
    const wide = { thresholds: [3 * a, 3 * b, 3 * c, 3 * d] as const, temperature: 3 * scale.temperature };
    const there = WriterPosterior.of(
      labels.map((label) => ({ ...label, latent: 3 * label.latent })),
      wide,
    ).shift;
    expect(there.bias).toBeCloseTo(3 * shiftOf(labels).bias, 6);
    expect(there.logSpread).toBeCloseTo(shiftOf(labels).logSpread, 6);
  });

  it("is the same whether they come one after the other or together, and in whatever order", () => {
    const labels = answers(9, 1);
    const each = labels.reduce((posterior, label) => posterior.after(label), WriterPosterior.before(scale));
    expect(each.shift).toEqual(shiftOf(labels));
    expect(shiftOf(labels.toReversed()).bias).toBeCloseTo(shiftOf(labels).bias, 9);
  });

  it("counts an answer by its weight, and one without weight not at all", () => {
    const [label] = answers(1, 3);
    expect(shiftOf([{ ...label!, weight: 2 }]).bias).toBeCloseTo(shiftOf([label!, label!]).bias, 9);
    expect(shiftOf([{ ...label!, weight: 0 }])).toEqual(WriterPosterior.before(scale).shift);
  });

  it("tells writers of their own from everybody and from dice", () => {
    const random = createRandom(3);
    const kinds = (labels: readonly WeighedLabel[]) => WriterPosterior.of(labels, scale).kinds;
    expect(kinds(answers(40, 3)).own).toBeGreaterThan(0.9);
    expect(kinds(answers(40, 0)).asEverybody).toBeGreaterThan(0.5);
    const thrown = answers(40, 0).map((label) => ({
      ...label,
      target: valence((random.integer(5) - 2) / 2),
    }));
    expect(kinds(thrown).byDice).toBeGreaterThan(0.9);
  });
});
