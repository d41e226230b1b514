import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ToneBaseline } from "../../../src/tone/reading/tone-baseline.ts";
import { describeBaseline } from "../../../src/words/describe-baseline.ts";
import { untranslated } from "../../../src/words/translate.ts";

const even = ToneBaseline.of(Array.from({ length: 101 }, (_, at) => at / 50 - 1))!;

describe("a writer's baseline of tone", () => {
  it("does not exist for a handful of sentences", () => {
    expect(ToneBaseline.of(Array.from({ length: 19 }, () => 0))).toBeUndefined();
  });

  it("gives the band in which most sentences lie", () => {
    expect(even.band).toEqual({ low: expect.closeTo(-0.8, 12), high: expect.closeTo(0.8, 12) });
  });

  it.each([
    [-0.8, "More negative than 9 of 10 of your sentences."],
    [-0.95, "More negative than 97 of 100 of your sentences."],
    [-1.5, "More negative than nearly all of your sentences."],
    [0.1, "About as your sentences usually are."],
    [0.6, "More positive than 8 of 10 of your sentences."],
    [1, "More positive than nearly all of your sentences."],
  ])("describes %d as %s", (valence, words) => {
    expect(describeBaseline(even.compare(valence), untranslated)).toBe(words);
  });

  it("places equal sentences in their middle", () => {
    const flat = ToneBaseline.of(Array.from({ length: 50 }, () => 0.25))!;
    expect([0, 0.25, 1].map((valence) => flat.position(valence))).toEqual([0, 0.5, 1]);
  });

  it("has positions between 0 and 1 that never fall as the valence rises", () => {
    const valences = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 20, maxLength: 60 });
    const valence = fc.double({ min: -1.2, max: 1.2, noNaN: true });
    fc.assert(
      fc.property(valences, valence, valence, (sample, a, b) => {
        const baseline = ToneBaseline.of(sample)!;
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((each) => baseline.position(each));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(high!);
      }),
    );
  });
});
