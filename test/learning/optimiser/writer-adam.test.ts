import { describe, expect, it } from "vitest";
import { Adam } from "../../../src/learning/optimiser/adam.ts";
import { WriterAdam } from "../../../src/learning/optimiser/writer-adam.ts";
import { createRandom } from "../../../src/numbers/random.ts";

const random = createRandom("writers");
const start = () => ({ a: new Float32Array(5), b: new Float32Array(3).fill(1) });
const gradient = () => ({
  a: new Float32Array(5).map(random.normal),
  b: new Float32Array(3).map(random.normal),
});

describe("Adam for many writers", () => {
  it("moves each as an optimiser of its own would, whoever comes between", () => {
    const many = new WriterAdam([{ parameters: start(), rateFactor: 2 }], { maximumNorm: 1 });
    const writers = ["one", "two", "three"].map((name) => {
      const [values, expected] = [start(), start()];
      const adam = new Adam([{ parameters: expected, rateFactor: 2 }], { maximumNorm: 1 });
      return { name, values, expected, adam };
    });
    for (let step = 0; step < 30; step++) {
      const { name, values, adam } = writers[random.integer(3)]!;
      const gradients = gradient();
      const result = many.step(name, values, gradients, 0.01);
      expect(result).toEqual(adam.step(gradients, 0.01));
    }
    for (const { values, expected } of writers) {
      expect(values).toEqual(expected);
    }
  });

  it("goes on from its state", () => {
    const first = new WriterAdam([{ parameters: start() }]);
    const values = start();
    first.step("one", values, gradient(), 0.01);
    const second = new WriterAdam([{ parameters: start() }]);
    second.restore(first.state());
    const copy = { a: values.a.slice(), b: values.b.slice() };
    const next = gradient();
    first.step("one", values, next, 0.01);
    second.step("one", copy, next, 0.01);
    expect(copy).toEqual(values);
  });

  it("leaves a writer alone whose gradient is not finite", () => {
    const adam = new WriterAdam([{ parameters: start() }]);
    const values = start();
    const broken = { ...gradient(), b: Float32Array.of(1, Number.NaN, 0) };
    expect(adam.step("one", values, broken, 0.01).kind).toBe("skipped");
    expect(values).toEqual(start());
    expect(adam.state().size).toBe(0);
  });
});
