import { dotOfDoubles } from "./vectors.ts";

/** A symmetric matrix [n, n], row-major. */
export interface SquareMatrix {
  readonly size: number;
  readonly values: Float64Array;
}

/**
 * The lower triangle L with L·Lᵀ = A, for a positive definite A; what lies above the diagonal is left as
 * it was. Throws RangeError for a matrix that is not positive definite.
 */
export function cholesky(matrix: SquareMatrix): SquareMatrix {
  const lower = triangleOf(matrix);
  if (lower === undefined) throw new RangeError("The matrix is not positive definite.");
  return lower;
}

/** As `cholesky`; undefined for a matrix that is not positive definite. */
export function triangleOf({ size, values }: SquareMatrix): SquareMatrix | undefined {
  const lower = values.slice();
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = lower[row * size + column]!;
      for (let at = 0; at < column; at++) sum -= lower[row * size + at]! * lower[column * size + at]!;
      if (row > column) lower[row * size + column] = sum / lower[column * size + column]!;
      else if (sum > 0) lower[row * size + row] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return { size, values: lower };
}

/** Solves L·Lᵀ·x = b. */
export function solveCholesky({ size, values }: SquareMatrix, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let row = 0; row < size; row++) {
    for (let at = 0; at < row; at++) x[row]! -= values[row * size + at]! * x[at]!;
    x[row]! /= values[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let at = row + 1; at < size; at++) x[row]! -= values[at * size + row]! * x[at]!;
    x[row]! /= values[row * size + row]!;
  }
  return x;
}

/** The rows of a lower triangle, each one number longer than the one before, so that it can grow. */
export type GrowingTriangle = readonly Float64Array[];

/** L⁻¹·b. */
export function solveLower(lower: GrowingTriangle, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(lower.length);
  lower.forEach((row, at) => {
    x[at] = (b[at]! - dotOfDoubles(row, x, at)) / row[at]!;
  });
  return x;
}

/** L⁻ᵀ·b. */
export function solveUpper(lower: GrowingTriangle, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let at = lower.length - 1; at >= 0; at--) {
    const row = lower[at]!;
    const value = x[at]! / row[at]!;
    x[at] = value;
    for (let before = 0; before < at; before++) x[before]! -= value * row[before]!;
  }
  return x;
}

/**
 * The row by which the factor L of a matrix grows with a column k over a diagonal d: L⁻¹·k, then √(d − |L⁻¹·k|²), whose
 * square is `least` where rounding would have it lower.
 */
export function nextRow(
  lower: GrowingTriangle,
  column: ArrayLike<number>,
  diagonal: number,
  least: number,
): Float64Array {
  const row = new Float64Array(lower.length + 1);
  row.set(solveLower(lower, column));
  row[lower.length] = Math.sqrt(Math.max(diagonal - dotOfDoubles(row, row, lower.length), least));
  return row;
}
