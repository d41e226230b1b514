import { type GrowingTriangle, nextRow, solveLower, solveUpper } from "../../numbers/cholesky.ts";
import { dotOfDoubles } from "../../numbers/vectors.ts";
import type { PausableWork } from "../pausable-work.ts";
import type { Kernel } from "../similarity/similarity-space.ts";
import type { FeatureGroup } from "../tag-query.ts";

/** Added to the diagonal: the share of a label that is noise. */
const noise = 0.3;
/** Added to every kernel value: a free mean for each tag. */
const bias = 1;
/** The matrix grows with the square of the documents, so beyond this the older half is dropped. */
export const mostDocuments = 1000;

/**
 * One-vs-rest kernel ridge regression of the tags (the mean of a Gaussian process, Rasmussen &
 * Williams 2006, algorithm 2.1): `k*ᵀ (K + λI)⁻¹ y` for all tags at once.
 *
 * The kernel is `Σ_s k_s^power_s`: sums and whole powers of kernels are kernels. A new document adds one row to the
 * Cholesky factor L, so nothing is ever fitted again; what was learned since the last question is added with the next one.
 * With `l* = L⁻¹ k*` the score is `(L⁻ᵀ l*) · y`; leaving document j out is taking from `l*` its part along `L⁻¹ e_j`.
 */
export function regressionFeatures(
  name: string,
  spaces: readonly RegressionSpace[],
): FeatureGroup & RegressionGroup {
  /** Documents that have a row, oldest first, and those that are to get one. */
  let places: number[] = [];
  let waiting: number[] = [];
  let lower: Float64Array[] = [];

  const kernelOf = (values: (kernel: Kernel) => Float32Array): Float32Array => {
    const sum = new Float32Array(places.length).fill(bias);
    const parts = spaces.map(({ kernel, power }) => ({ power, own: values(kernel) }));
    return sum.map((start, at) => parts.reduce((total, { own, power }) => total + own[at]! ** power, start));
  };

  function* settle(): PausableWork<void> {
    const stays = firstThatStays(places.length, waiting.length);
    if (stays > 0) {
      waiting = [...places, ...waiting].slice(stays);
      places = [];
      lower = [];
    }
    for (let place = waiting[0]; place !== undefined; place = waiting[0]) {
      const kernel = kernelOf((of) => of.ofPlace(place!, places));
      // At least the noise, but for rounding.
      lower.push(nextRow(lower, kernel, bias + spaces.length + noise, noise));
      places.push(place);
      waiting.shift();
      yield;
    }
  }

  return {
    names: [name],
    settle,
    rows: () => ({ places, lower }),
    restore(kept) {
      const due = waiting.slice(firstThatStays(0, waiting.length));
      if (places.length > 0 || kept.places.some((place, at) => place !== due[at])) return;
      places = [...kept.places];
      lower = [...kept.lower];
      waiting = due.slice(places.length);
    },
    learn(place) {
      if (spaces.some(({ kernel }) => kernel.hasPlace(place))) waiting.push(place);
    },
    *write({ document, leftOut, tags, uses }, columns) {
      yield* settle();
      const column = new Float64Array(tags.length).fill(Number.NaN);
      columns.set(name, column);
      if (places.length === 0 || !spaces.some(({ kernel }) => kernel.has(document))) return;
      const question = solveLower(
        lower,
        kernelOf((of) => of.ofDocument(document, places, leftOut)),
      );
      leaveOut(question, { places, lower }, leftOut);
      yield;
      const weights = solveUpper(lower, question);
      const rows = new Map(places.map((place, row) => [place, row]));
      uses.forEach((used, at) => {
        let score = 0;
        for (let nth = used.length - 1; nth >= 0 && used[nth]! >= places[0]!; nth--) {
          const row = rows.get(used[nth]!);
          if (row !== undefined) score += weights[row]!;
        }
        column[at] = score;
      });
    },
  };
}

/** What a regression has worked out of the remembered documents. */
export interface RegressionRows {
  /** Of the documents that have a row, oldest first. */
  readonly places: readonly number[];
  /** The Cholesky factor. */
  readonly lower: GrowingTriangle;
}

/** A regression whose rows can be kept for another that remembers the same documents. */
export interface RegressionGroup {
  /** Gives the documents that were learned since the last question their rows. */
  settle(): PausableWork<void>;
  rows(): RegressionRows;
  /** Takes rows over that were worked out of the same documents, or of those before them; others are left. */
  restore(rows: RegressionRows): void;
}

/** A space with a kernel, and the power that it is raised to. */
export interface RegressionSpace {
  readonly kernel: Kernel;
  readonly power: number;
}

/** The first that is not dropped, of some with a row and some that get one after the other. */
function firstThatStays(rows: number, waiting: number): number {
  let dropped = 0;
  for (let total = rows + 1; total <= rows + waiting; total++) {
    const size = total - dropped;
    if (size >= mostDocuments) dropped += Math.floor(size / 2);
  }
  return dropped;
}

/** Makes the question orthogonal to `L⁻¹ e_j` of every left-out document j (Gram-Schmidt). */
function leaveOut(
  question: Float64Array,
  { places, lower }: RegressionRows,
  leftOut: ReadonlySet<number>,
): void {
  const directions: Float64Array[] = [];
  for (const left of places) {
    if (!leftOut.has(left)) continue;
    const unit = Float64Array.from(places, (place) => (place === left ? 1 : 0));
    const direction = solveLower(lower, unit);
    for (const other of directions) takeAway(direction, other);
    directions.push(direction);
    takeAway(question, direction);
  }
}

/** Takes from `vector` its part along `direction`. */
function takeAway(vector: Float64Array, direction: Float64Array): void {
  const count = vector.length;
  const share = dotOfDoubles(vector, direction, count) / dotOfDoubles(direction, direction, count);
  for (let at = 0; at < count; at++) vector[at]! -= share * direction[at]!;
}
