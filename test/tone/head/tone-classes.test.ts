import { expect, test } from "vitest";
import { classShares } from "../../../src/tone/head/ordinal-scale.ts";
import {
  type ClassCount,
  labelShares,
  likeliestLabel,
  toneClasses,
} from "../../../src/tone/head/tone-classes.ts";
import { scale } from "../tone-texts.ts";

const counts: readonly ClassCount[] = [2, 3, 4, 5];

test("Labels of a scale cover its classes, each once; the even scales know no neutral.", () => {
  for (const classes of counts) {
    const covered = Array.from({ length: classes }, (_, label) => toneClasses(label, classes).members).flat();
    expect(covered).toEqual(toneClasses(0, classes).universe);
    expect(covered.includes(2)).toBe(classes % 2 === 1);
  }
});

test("A label beyond its scale is an error that names it.", () => {
  expect(() => toneClasses(2, 2)).toThrow("Label 2 is not one of 2 classes");
});

test("Shares of labels add up to 1, and the likeliest label rises with the latent valence.", () => {
  for (const classes of counts) {
    const read = [-6, -1.2, 0, 1.2, 6].map((latent) => likeliestLabel(classShares(latent, scale), classes));
    expect(read).toEqual(read.toSorted());
    expect([read[0], read.at(-1)]).toEqual([0, classes - 1]);
    const total = labelShares(classShares(0.7, scale), classes).reduce((sum, share) => sum + share, 0);
    expect(total).toBeCloseTo(1, 12);
  }
});
