import fc from "fast-check";
import { expect, test } from "vitest";
import { fitKernelLogistic } from "../../../src/lab/baselines/kernel-logistic.ts";

test("at the minimum the gradient K (α + p − y) vanishes", () => {
  const point = fc.tuple(
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.double({ min: -2, max: 2, noNaN: true }),
  );
  const sample = fc.array(fc.tuple(point, fc.integer({ min: 0, max: 1 })), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(sample, (given) => {
      const size = given.length;
      const values = Float64Array.from({ length: size * size }, (_, at) => {
        const [a] = given[Math.floor(at / size)]!;
        const [b] = given[at % size]!;
        return 5 * (a[0] * b[0] + a[1] * b[1] + 1);
      });
      const labels = Uint8Array.from(given, ([, label]) => label);
      const coefficients = fitKernelLogistic({ size, values }, labels);
      const times = (vector: ArrayLike<number>) =>
        Array.from(labels, (_, i) =>
          Array.from(vector).reduce((sum, value, j) => sum + value * values[i * size + j]!, 0),
        );
      const scores = times(coefficients);
      const errors = scores.map((score, i) => coefficients[i]! + 1 / (1 + Math.exp(-score)) - labels[i]!);
      for (const slope of times(errors)) expect(slope).toBeCloseTo(0, 1);
    }),
  );
});
