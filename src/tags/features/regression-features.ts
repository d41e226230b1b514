import { type GrowingTriangle, nextRow, solveLower } from "../../numbers/cholesky.ts";
import { dot } from "../../numbers/vectors.ts";
import type { FeatureGroup, TagQuery } from "../tag-query.ts";

/** Added to the diagonal: the share of a label that is noise. */
const noise = 0.3;
/** Added to every kernel value: a free mean for each tag. */
const bias = 1;
/** The matrix grows with the square of the documents, so beyond this the older half is dropped. */
const mostDocuments = 1000;

/** A remembered document's place, and its row of the kernel's Cholesky factor. */
interface Row {
  readonly place: number;
  readonly kernel: Float32Array;
  readonly factor: Float64Array;
}

/**
 * One-vs-rest kernel ridge regression of the tags (the mean of a Gaussian process, Rasmussen &
 * Williams 2006, algorithm 2.1): `k*ᵀ (K + λI)⁻¹ y` for all tags at once.
 *
 * The kernel is `Σ_s k_s^power_s`: sums and whole powers of kernels are kernels. A new document adds one row to the
 * Cholesky factor L, so nothing is ever fitted again. With `l* = L⁻¹ k*` and `z = L⁻¹ y` the score is `l* · z`; leaving
 * document j out is taking from `l*` its part along `L⁻¹ e_j`.
 */
export function regressionFeatures(
  name: string,
  spaces: readonly { readonly name: string; readonly power: number }[],
): FeatureGroup {
  let rows: Row[] = [];
  let solved = new Map<number, Solution>();

  const kernelTo = ({ kernels }: TagQuery): ((place: number) => number) | undefined => {
    const known = spaces.map((space) => ({ power: space.power, values: kernels.get(space.name) }));
    if (known.every(({ values }) => values === undefined)) return undefined;
    return (place) => known.reduce((sum, { power, values }) => sum + (values?.[place] ?? 0) ** power, bias);
  };

  const append = (place: number, kernel: Float32Array, tags: readonly number[]): void => {
    const at = rows.length;
    const factor = nextRow(lowerOf(rows), kernel, bias + spaces.length + noise, noise);
    rows.push({ place, kernel, factor });
    for (const tag of tags) if (!solved.has(tag)) solved.set(tag, new Solution(at));
    const now = new Set(tags);
    for (const [tag, z] of solved) {
      z.push(((now.has(tag) ? 1 : 0) - z.inner(factor)) / factor[at]!);
    }
  };

  const dropOlderHalf = (query: TagQuery): void => {
    const dropped = Math.floor(rows.length / 2);
    const kept = rows.slice(dropped);
    rows = [];
    solved = new Map();
    for (const { place, kernel } of kept) {
      append(place, kernel.subarray(dropped), query.memory.documentAt(place).tags);
    }
  };

  // The tags of a document are known to the memory only after it has been added, so the row of the
  // document learned last waits for the next question.
  let waiting: { readonly place: number; readonly kernel: Float32Array } | undefined;
  const settle = (query: TagQuery): void => {
    if (waiting === undefined) return;
    append(waiting.place, waiting.kernel, query.memory.documentAt(waiting.place).tags);
    waiting = undefined;
    if (rows.length >= mostDocuments) dropOlderHalf(query);
  };

  return {
    names: [name],
    kernels: spaces.map((space) => space.name),
    learn(query) {
      settle(query);
      const kernel = kernelTo(query);
      if (kernel === undefined) return;
      waiting = { place: query.memory.size, kernel: Float32Array.from(rows, ({ place }) => kernel(place)) };
    },
    write(query, columns) {
      settle(query);
      const kernel = kernelTo(query);
      const column = new Float64Array(query.tags.length).fill(Number.NaN);
      columns.set(name, column);
      if (kernel === undefined) return;
      const own = Float32Array.from(rows, ({ place }) => kernel(place));
      const question = solveLower(lowerOf(rows), own);
      leaveOut(question, rows, query.leftOut);
      query.tags.forEach((tag, at) => {
        const z = solved.get(tag);
        column[at] = z === undefined ? 0 : z.inner(question);
      });
    },
  };
}

/** `z = L⁻¹ y` of one tag, which is 0 before the first document that has the tag. */
class Solution {
  readonly #first: number;
  #values = new Float64Array(4);
  #length = 0;

  constructor(first: number) {
    this.#first = first;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(2 * this.#length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** Inner product with a vector of all rows. */
  inner(vector: Float64Array): number {
    let sum = 0;
    for (let at = 0; at < this.#length; at++) sum += this.#values[at]! * vector[this.#first + at]!;
    return sum;
  }
}

const lowerOf = (rows: readonly Row[]): GrowingTriangle => rows.map(({ factor }) => factor);

/** Makes the question orthogonal to `L⁻¹ e_j` of every left-out document j (Gram-Schmidt). */
function leaveOut(question: Float64Array, rows: readonly Row[], leftOut: ReadonlySet<number>): void {
  const directions: Float64Array[] = [];
  for (const { place } of rows) {
    if (!leftOut.has(place)) continue;
    const unit = Float64Array.from(rows, (row) => (row.place === place ? 1 : 0));
    const direction = solveLower(lowerOf(rows), unit);
    for (const other of directions) takeAway(direction, other);
    directions.push(direction);
    takeAway(question, direction);
  }
}

/** Takes from `vector` its part along `direction`. */
function takeAway(vector: Float64Array, direction: Float64Array): void {
  const count = vector.length;
  const share = dot(vector, direction, count) / dot(direction, direction, count);
  for (let at = 0; at < count; at++) vector[at]! -= share * direction[at]!;
}
