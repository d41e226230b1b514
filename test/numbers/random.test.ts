import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numbers/random.ts";

const draw = (random: () => number, count: number): number[] => Array.from({ length: count }, () => random());

describe("createRandom", () => {
  it("gives the same numbers for the same seed, and others for another", () => {
    expect(draw(createRandom("seed"), 20)).toEqual(draw(createRandom("seed"), 20));
    expect(draw(createRandom(7), 20)).toEqual(draw(createRandom("7"), 20));
    expect(draw(createRandom(1), 20)).not.toEqual(draw(createRandom(2), 20));
  });

  it("gives the numbers of all versions to come", () => {
    const random = createRandom(42);
    expect([random.integer(1000), random.integer(1000), random.integer(1000)]).toMatchInlineSnapshot(`
      [
        569,
        19,
        337,
      ]
    `);
  });

  it("is uniform: mean, variance and neighbours' correlation are those of [0, 1)", () => {
    const numbers = draw(createRandom("uniform"), 100_000);
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
    const together = numbers.slice(1).reduce((sum, x, at) => sum + (x - mean) * (numbers[at]! - mean), 0);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
    expect(together / numbers.length).toBeCloseTo(0, 2);
    expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
  });

  it("goes on after a restore exactly where the state was taken, through JSON", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(50), (seed, drawn) => {
        const random = createRandom(seed);
        draw(random, drawn);
        const state = JSON.parse(JSON.stringify(random.state())) as ReturnType<typeof random.state>;
        const other = createRandom("another");
        other.restore(state);
        const expected = [...draw(random, 5), random.fork("x")()];
        expect([...draw(other, 5), other.fork("x")()]).toEqual(expected);
      }),
    );
  });

  it("forks by label, whatever was drawn before", () => {
    const fresh = createRandom(3);
    const used = createRandom(3);
    draw(used, 10);
    expect(used.fork("epoch 1")()).toBe(fresh.fork("epoch 1")());
    expect(fresh.fork("epoch 1")()).not.toBe(fresh.fork("epoch 2")());
  });

  it("shuffles in place into every order about equally often", () => {
    const random = createRandom("shuffle");
    const counts = new Map<string, number>();
    for (let round = 0; round < 6000; round++) {
      const order = random.shuffle(["a", "b", "c"]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    expect([...counts.values()].every((count) => Math.abs(count - 1000) < 150)).toBe(true);
  });

  it("draws whole numbers below the bound and normal numbers with mean 0 and deviation 1", () => {
    const random = createRandom("draws");
    const integers = Array.from({ length: 1000 }, () => random.integer(3));
    expect(new Set(integers)).toEqual(new Set([0, 1, 2]));
    const normal = Array.from({ length: 50_000 }, () => random.normal());
    const mean = normal.reduce((sum, x) => sum + x, 0) / normal.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(normal.reduce((sum, x) => sum + x * x, 0) / normal.length).toBeCloseTo(1, 1);
  });
});
