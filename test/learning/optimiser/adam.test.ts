import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ParameterMismatchError } from "../../../src/learning/errors.ts";
import { Adam } from "../../../src/learning/optimiser/adam.ts";
import { createRandom } from "../../../src/numbers/random.ts";

describe("Adam", () => {
  it("gives the numbers of PyTorch's AdamW after three steps", () => {
    // torch.optim.AdamW([w], lr=0.1, weight_decay=0.01) with w and gradients as below, float32.
    const w = Float32Array.of(1, -2, 0.5, 0, 3, -1);
    const adam = new Adam([{ weightDecay: 0.01, parameters: { w } }]);
    const gradients = [
      [0.1, -0.2, 0.3, 1e-4, -5, 0],
      [-0.3, -0.1, 0.2, 1e-4, 2, 0],
      [0.2, 0.4, -0.6, -1e-4, 1, 0],
    ];
    for (const gradient of gradients) {
      adam.step({ w: Float32Array.from(gradient) }, 0.1);
    }
    const expected = [0.9446937, -1.821717, 0.3179197, -0.2258768, 3.1399269, -0.9970031];
    w.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at]!, 5);
    });
  });

  it("moves each number by about the rate in its first step, whatever the gradient's size", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.boolean(), (size, negative) => {
        const w = new Float32Array(9);
        new Adam([{ parameters: { w } }]).step({ w: w.slice().fill(negative ? -size : size) }, 0.01);
        expect(w.every((value) => Math.abs(value - (negative ? 0.01 : -0.01)) < 1e-5)).toBe(true);
      }),
    );
  });

  it("finds the minimum of a quadratic bowl", () => {
    const w = Float32Array.of(3, -4, 5);
    const adam = new Adam([{ parameters: { w } }]);
    for (let step = 0; step < 500; step++) {
      adam.step({ w: w.map((value) => 2 * (value - 1)) }, 0.05);
    }
    expect(Math.max(...w.map((value) => Math.abs(value - 1)))).toBeLessThan(0.01);
  });

  it("multiplies the rate of a group and leaves parameters without a gradient alone", () => {
    const [slow, fast, idle] = [new Float32Array(1), new Float32Array(1), Float32Array.of(1)];
    const adam = new Adam([
      { rateFactor: 0.1, parameters: { slow } },
      { weightDecay: 0.5, parameters: { fast, idle } },
    ]);
    adam.step({ slow: Float32Array.of(1), fast: Float32Array.of(1) }, 0.01);
    expect(slow[0]).toBeCloseTo(-0.001, 6);
    expect(fast[0]).toBeCloseTo(-0.01, 6);
    expect(idle[0]).toBe(1);
  });

  it("scales all gradients together to the maximum norm", () => {
    const clipped = { a: new Float32Array(1), b: new Float32Array(1) };
    const plain = { a: new Float32Array(1), b: new Float32Array(1) };
    const limited = new Adam([{ parameters: clipped }], { maximumNorm: 1, epsilon: 1 });
    const { gradientNorm } = limited.step({ a: Float32Array.of(3), b: Float32Array.of(-4) }, 0.1);
    new Adam([{ parameters: plain }], { epsilon: 1 }).step(
      { a: Float32Array.of(0.6), b: Float32Array.of(-0.8) },
      0.1,
    );
    expect(gradientNorm).toBe(5);
    expect(clipped.a[0]).toBeCloseTo(plain.a[0]!, 6);
    expect(clipped.b[0]).toBeCloseTo(plain.b[0]!, 6);
  });

  it("changes nothing and says so where a gradient is not finite", () => {
    const w = Float32Array.of(1, 2);
    const adam = new Adam([{ parameters: { w } }]);
    expect(adam.step({ w: Float32Array.of(Number.NaN, 1) }, 0.1).kind).toBe("skipped");
    expect([...w]).toEqual([1, 2]);
    expect(adam.state()["w"]?.step).toBe(0);
  });

  it("goes on after a restore as if it had never stopped", () => {
    const random = createRandom("restore");
    const gradients = Array.from({ length: 6 }, () => new Float32Array(7).map(() => random.normal()));
    const whole = new Float32Array(7);
    const undisturbed = new Adam([{ parameters: { w: whole } }]);
    for (const w of gradients) {
      undisturbed.step({ w }, 0.1);
    }
    const halves = new Float32Array(7);
    const first = new Adam([{ parameters: { w: halves } }]);
    for (const w of gradients.slice(0, 3)) {
      first.step({ w }, 0.1);
    }
    const second = new Adam([{ parameters: { w: halves } }]);
    second.restore(structuredClone(first.state()));
    for (const w of gradients.slice(3)) {
      second.step({ w }, 0.1);
    }
    expect(halves).toEqual(whole);
  });

  it("refuses gradients and states of another model", () => {
    const adam = new Adam([{ parameters: { w: new Float32Array(2) } }]);
    const other = new Adam([{ parameters: { w: new Float32Array(3) } }]);
    expect(() => adam.step({ w: new Float32Array(3) }, 0.1)).toThrow(ParameterMismatchError);
    expect(() => adam.step({ x: new Float32Array(2) }, 0.1)).toThrow(ParameterMismatchError);
    expect(() => adam.restore(other.state())).toThrow(ParameterMismatchError);
    expect(() => adam.restore({ ...adam.state(), x: other.state()["w"]! })).toThrow(ParameterMismatchError);
    const w = new Float32Array(1);
    expect(() => new Adam([{ parameters: { w } }, { parameters: { w } }])).toThrow(ParameterMismatchError);
  });
});
