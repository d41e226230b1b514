import fc from "fast-check";
import { expect, test } from "vitest";
import { cholesky, nextRow, solveCholesky, solveLower, solveUpper } from "../../src/numbers/cholesky.ts";

test("What is solved with the factor satisfies the equations.", () => {
  const entry = fc.double({ min: -2, max: 2, noNaN: true });
  const sizes = fc.integer({ min: 1, max: 6 });
  const problem = sizes.chain((size) =>
    fc.record({
      size: fc.constant(size),
      root: fc.array(entry, { minLength: size * size, maxLength: size * size }),
      b: fc.array(entry, { minLength: size, maxLength: size }),
    }),
  );
  fc.assert(
    fc.property(problem, ({ size, root, b }) => {
      // R·Rᵀ + I is positive definite for any R.
      const values = Float64Array.from({ length: size * size }, (_, at) => {
        const [row, column] = [Math.floor(at / size), at % size];
        let sum = row === column ? 1 : 0;
        for (let k = 0; k < size; k++) sum += root[row * size + k]! * root[column * size + k]!;
        return sum;
      });
      const x = solveCholesky(cholesky({ size, values }), Float64Array.from(b));
      for (const [row, right] of b.entries()) {
        const left = x.reduce((sum, value, at) => sum + values[row * size + at]! * value, 0);
        expect(left).toBeCloseTo(right, 8);
      }
    }),
  );
});

test("A matrix that is not positive definite is refused.", () => {
  expect(() => cholesky({ size: 2, values: Float64Array.of(1, 2, 2, 1) })).toThrow(RangeError);
});

test("A factor that grows row by row is that of the whole matrix, and undoes its product.", () => {
  const matrix = [
    [4, 2, -2],
    [2, 5, 1],
    [-2, 1, 6],
  ];
  const rows: Float64Array[] = [];
  for (const [at, values] of matrix.entries()) rows.push(nextRow(rows, values.slice(0, at), values[at]!, 0));
  const { values: whole } = cholesky({ size: 3, values: Float64Array.from(matrix.flat()) });
  rows.forEach((row, at) => {
    row.forEach((value, column) => {
      expect(value).toBeCloseTo(whole[3 * at + column]!);
    });
  });
  const product = rows.map((row) => row.reduce((sum, value, at) => sum + value * (at + 1), 0));
  expect([...solveLower(rows, product)]).toEqual([expect.closeTo(1), expect.closeTo(2), expect.closeTo(3)]);
  const solved = solveUpper(rows, solveLower(rows, [1, 2, 3]));
  matrix.forEach((values, row) => {
    expect(values.reduce((sum, value, at) => sum + value * solved[at]!, 0)).toBeCloseTo(row + 1);
  });
  expect(nextRow(rows, [4, 2, -2], 1, 0.25).at(-1)).toBe(0.5);
});
