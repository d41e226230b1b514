import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NotFiniteError } from "../../../src/graph/errors.ts";
import {
  classShares,
  classSlopes,
  expectedValence,
  latentOf,
  typicalLatent,
} from "../../../src/tone/head/ordinal-scale.ts";
import { scale } from "../tone-texts.ts";

const latents = fc.double({ min: -8, max: 8, noNaN: true });

describe("an ordinal scale", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "makes no tone of %s",
    (latent) => {
      expect(() => classShares(latent, scale)).toThrow(NotFiniteError);
    },
  );

  it("gives shares of five classes that are never negative and add up to 1", () => {
    fc.assert(
      fc.property(latents, (latent) => {
        const shares = classShares(latent, scale);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it("has slopes that agree with finite differences", () => {
    fc.assert(
      fc.property(latents, (latent) => {
        const [above, below] = [classShares(latent + 1e-5, scale), classShares(latent - 1e-5, scale)];
        for (const [k, slope] of classSlopes(latent, scale).entries()) {
          expect(slope).toBeCloseTo((above[k]! - below[k]!) / 2e-5, 7);
        }
      }),
    );
  });

  it("finds the latent valence of an expected valence again", () => {
    fc.assert(
      fc.property(latents, (latent) => {
        expect(latentOf(expectedValence(classShares(latent, scale)), scale)).toBeCloseTo(latent, 6);
      }),
    );
  });

  it("is surer with a lower temperature", () => {
    expect(classShares(5, { ...scale, temperature: 0.5 })[4]).toBeGreaterThan(classShares(5, scale)[4]);
  });

  it("places each class in its middle, and what lies between in proportion", () => {
    expect([-1, -0.5, 0, 0.25, 1].map((valence) => typicalLatent(valence, scale))).toEqual([-4, -2, 0, 1, 4]);
  });
});
