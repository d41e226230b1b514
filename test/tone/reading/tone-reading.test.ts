import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NotFiniteError } from "../../../src/graph/errors.ts";
import { classShares } from "../../../src/tone/head/ordinal-scale.ts";
import {
  abstentionShare,
  hasTone,
  readTone,
  saidTone,
  type ToneReading,
  toneNames,
} from "../../../src/tone/reading/tone-reading.ts";
import { scale } from "../tone-texts.ts";

const minimum = { negative: 0.5, neutral: 0.4, positive: 0.5 };

describe("a reading of tone", () => {
  it("goes through the five labels as the latent valence rises", () => {
    const labels = [-4, -2, 0, 2, 4].map((latent) => readTone(classShares(latent, scale), minimum).label);
    expect(labels).toEqual(["veryNegative", "negative", "neutral", "positive", "veryPositive"]);
  });

  it("is none of shares that are no numbers", () => {
    expect(() => readTone([Number.NaN, 0, 0, 0, 1], minimum)).toThrow(NotFiniteError);
  });

  it("is the mean of the classes as valence and the share of the side as confidence", () => {
    expect(readTone([0.1, 0.1, 0.1, 0.3, 0.4], minimum)).toEqual({
      valence: expect.closeTo(0.4, 12),
      label: "positive",
      confidence: expect.closeTo(0.7, 12),
    });
  });

  it("is 'very' from the outer thresholds on, however narrow the class before is", () => {
    const narrow = { ...scale, thresholds: [-1.5, -1, 1, 3] as const };
    const labels = [-1.4, -1.6, 2.9, 3.1].map(
      (latent) => readTone(classShares(latent, narrow), minimum).label,
    );
    expect(labels).toEqual(["negative", "veryNegative", "positive", "veryPositive"]);
  });

  it("takes the likeliest side even where neutral is the likeliest single class", () => {
    expect(readTone([0, 0.1, 0.35, 0.3, 0.25], minimum).label).toBe("positive");
  });

  it("abstains where no side is likely enough, and says how likely it is that there is none", () => {
    const reading = readTone([0.2, 0.25, 0.39, 0.06, 0.1], minimum);
    expect(reading).toEqual({ label: null, valence: expect.closeTo(-0.195, 12), confidence: 0.39 });
    expect(abstentionShare([reading, readTone([0, 0, 0, 0, 1], minimum)])).toBe(0.5);
  });

  it("stays on its scales for every latent valence, and its valence never falls", () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (latent) => {
        const { valence, confidence } = readTone(classShares(latent, scale));
        expect(Math.abs(valence)).toBeLessThanOrEqual(1);
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(readTone(classShares(latent + 0.1, scale)).valence).toBeGreaterThanOrEqual(valence);
      }),
    );
  });

  it("is mixed where neither side is shown and both are as likely as neutral", () => {
    expect(readTone([0.2, 0.25, 0.2, 0.2, 0.15], minimum)).toMatchObject({ label: null, mixed: true });
    expect(readTone([0.1, 0.2, 0.35, 0.25, 0.1], minimum)).not.toHaveProperty("mixed");
    expect(readTone([0.2, 0.35, 0.2, 0.15, 0.1], minimum)).not.toHaveProperty("mixed");
  });

  it("of what was said is that and nothing stronger", () => {
    expect([-1, -0.5, 0, 0.5, 1].map((valence) => saidTone(valence))).toEqual(
      toneNames.map((label, at) => ({ label, valence: (at - 2) / 2, confidence: 1 })),
    );
  });

  it("is a tone where a side is shown, or both are strong", () => {
    const mixed = { valence: 0, label: null, confidence: 0.3, mixed: true } as const;
    expect(
      [mixed, saidTone(0), saidTone(1), { ...mixed, mixed: undefined }].map((one) =>
        hasTone(one as ToneReading),
      ),
    ).toEqual([true, false, true, false]);
  });
});
