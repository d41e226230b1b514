import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classShares } from "../../../src/tone/head/ordinal-scale.ts";
import { nearestClass } from "../../../src/tone/head/tone-classes.ts";
import {
  isRightSide,
  logLikelihood,
  missingLatent,
  type ToneTarget,
  valenceError,
} from "../../../src/tone/labels/labelled-tone.ts";
import { scale, valence } from "../tone-texts.ts";

const positiveOfTwo: ToneTarget = { kind: "classes", members: [3, 4], universe: [0, 1, 3, 4] };

describe("a tone target", () => {
  it("has a slope of its log-likelihood that agrees with finite differences", () => {
    const targets = fc.oneof(
      fc.double({ min: -1, max: 1, noNaN: true }).map(valence),
      fc.constant(positiveOfTwo),
    );
    fc.assert(
      fc.property(targets, fc.double({ min: -6, max: 6, noNaN: true }), (target, latent) => {
        const at = (place: number): number => logLikelihood(target, place, scale).value;
        const difference = (at(latent + 1e-5) - at(latent - 1e-5)) / 2e-5;
        expect(logLikelihood(target, latent, scale).slope).toBeCloseTo(difference, 5);
      }),
    );
  });

  it("lacks what leads to the middle of its class", () => {
    expect(missingLatent(valence(0.5), -1, scale)).toBe(3);
    expect(missingLatent(valence(0), 2, scale)).toBe(-2);
  });

  it("lacks nothing beyond an outer class, nor anywhere in a set of classes", () => {
    expect(missingLatent(valence(1), 9, scale)).toBe(0);
    expect(missingLatent(valence(-1), -9, scale)).toBe(0);
    expect(missingLatent(positiveOfTwo, 3, scale)).toBe(0);
    expect(missingLatent(positiveOfTwo, 0, scale)).toBe(2);
  });

  it("measures error to the nearest valence that it covers", () => {
    expect(valenceError(valence(0.5), -0.25)).toBe(0.75);
    expect([0.2, 0.7].map((read) => valenceError(positiveOfTwo, read))).toEqual([expect.closeTo(0.3, 12), 0]);
  });

  it("is nearest to one class, and halfway between two to the milder one", () => {
    const valences = [-1, -0.8, -0.75, -0.5, -0.25, -0.1, 0, 0.2, 0.25, 0.3, 0.75, 0.76, 1];
    expect(valences.map(nearestClass)).toEqual([0, 0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4]);
  });

  it("leaves neutral out of the question where its scale does not know it", () => {
    const nearlyNeutral = classShares(0.2, scale);
    expect(isRightSide(positiveOfTwo, nearlyNeutral)).toBe(true);
    expect(isRightSide(valence(0.5), nearlyNeutral)).toBe(false);
    expect(isRightSide(valence(0), nearlyNeutral)).toBe(true);
  });
});
