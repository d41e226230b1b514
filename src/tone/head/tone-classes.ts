import { sum } from "../../numbers/mean.ts";
import type { ClassShares } from "./ordinal-scale.ts";

/** The classes among five that a label covers, and those that its scale knows. */
export interface ToneClasses {
  readonly members: readonly number[];
  readonly universe: readonly number[];
}

/** How many classes a set may have. */
export type ClassCount = 2 | 3 | 4 | 5;

/** What the labels of scales with 2 to 5 classes cover of the five: the even ones have no neutral. */
const coverage: Readonly<Record<ClassCount, readonly (readonly number[])[]>> = {
  2: [
    [0, 1],
    [3, 4],
  ],
  3: [[0, 1], [2], [3, 4]],
  4: [[0], [1], [3], [4]],
  5: [[0], [1], [2], [3], [4]],
};

/** What label `label` of a scale with that many classes covers. Throws RangeError for a label beyond it. */
export function toneClasses(label: number, classes: ClassCount): ToneClasses {
  const members = coverage[classes][label];
  if (members === undefined) {
    throw new RangeError(`Label ${label} is not one of ${classes} classes; they are numbered from 0.`);
  }
  return { members, universe: coverage[classes].flat() };
}

/** The same as numbers for `ordinalLoss`: 1 at each class that is covered, 0 at the others. */
export function classMasks(label: number, classes: ClassCount): ToneClasses {
  const { members, universe } = toneClasses(label, classes);
  const maskOf = (covered: readonly number[]): number[] =>
    [0, 1, 2, 3, 4].map((k) => (covered.includes(k) ? 1 : 0));
  return { members: maskOf(members), universe: maskOf(universe) };
}

/** Shares of the labels of a scale with that many classes; they add up to 1. */
export function labelShares(shares: ClassShares, classes: ClassCount): readonly number[] {
  const sums = coverage[classes].map((members) => sum(members.map((k) => shares[k]!)));
  const total = sum(sums);
  return sums.map((share) => share / total);
}

/** The likeliest label; the lower of equals. */
export function likeliestLabel(shares: ClassShares, classes: ClassCount): number {
  const labels = labelShares(shares, classes);
  return labels.indexOf(Math.max(...labels));
}

/** The class among five that a valence lies nearest to; halfway between two the milder one holds. */
export function nearestClass(valence: number): number {
  const steps = Math.min(2, Math.ceil(Math.abs(2 * valence) - 0.5));
  return 2 + Math.sign(valence) * steps;
}
