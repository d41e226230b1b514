import { describe, expect, it } from "vitest";
import { type AdamScalars, type MomentViews, WasmAdam } from "../../../src/learning/optimiser/wasm-adam.ts";
import { createRandom } from "../../../src/numbers/random.ts";

const scalars: AdamScalars = {
  meanKept: 0.9,
  meanAdded: 0.1,
  squareKept: 0.999,
  squareAdded: 0.001,
  rate: 0.05,
  epsilon: 1e-8,
  valueKept: 0.99,
};
const lengths = [1, 3, 4, 8191, 8192, 8193, 20_001];

/** The formula in 64-bit arithmetic. */
function updateInWords(values: Float32Array, gradient: Float32Array, moments: MomentViews): void {
  gradient.forEach((g, at) => {
    const m = 0.9 * moments.mean[at]! + 0.1 * g;
    const v = 0.999 * moments.square[at]! + 0.001 * g * g;
    moments.mean[at] = m;
    moments.square[at] = v;
    values[at] = 0.99 * values[at]! - (0.05 * m) / (Math.sqrt(v) + 1e-8);
  });
}

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);

describe("WasmAdam", () => {
  it("does what the formula says, for every length, and no parameter touches another's moments", () => {
    const random = createRandom("kernel");
    const kernel = new WasmAdam(lengths);
    const cases = lengths.map((length) => {
      const values = new Float32Array(length).map(() => random.normal());
      const plain = { mean: new Float32Array(length), square: new Float32Array(length) };
      return { values, expected: values.slice(), moments: kernel.reserve(length), plain };
    });
    for (let step = 0; step < 5; step++) {
      for (const { values, expected, moments, plain } of cases) {
        const gradient = new Float32Array(values.length).map(
          () => random.normal() * 10 ** -random.integer(6),
        );
        kernel.update(values, gradient, moments, scalars);
        updateInWords(expected, gradient, plain);
      }
    }
    for (const { values, expected, moments, plain } of cases) {
      expect(largestDifference(values, expected)).toBeLessThan(2e-6);
      expect(largestDifference(moments.mean, plain.mean)).toBeLessThan(1e-6);
      expect(largestDifference(moments.square, plain.square)).toBeLessThan(1e-6);
    }
  });

  it("makes gradients and moments that fade away zero, not denormal", () => {
    const kernel = new WasmAdam([2]);
    const moments = kernel.reserve(2);
    moments.mean.fill(1e-38);
    moments.square.fill(1e-38);
    kernel.update(new Float32Array(2), Float32Array.of(1e-20, 0), moments, scalars);
    expect([...moments.mean, ...moments.square]).toEqual([0, 0, 0, 0]);
  });
});
