import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logMarginals, marginalTuning, marginalValues } from "../../../src/lab/tunings/marginal-tuning.ts";
import { tuningSize } from "../../../src/lab/tunings/tuning-size.ts";
import { learnedValues } from "../../../src/prompts/tuning.ts";

describe("The scales of a writer's words", () => {
  it("are 1 where a writer uses words as often as the model expects, and where nothing was counted", () => {
    expect([...logMarginals([30, 10, 60], [0.3, 0.1, 0.6])].map(Math.abs)).toEqual([0, 0, 0]);
    expect([...logMarginals([0, 0], [0.5, 0.5])]).toEqual([0, 0]);
    expect([...logMarginals([0, 0], [0, 0])]).toEqual([0, 0]);
  });

  it("are above 1 for words that come more often and below for words that come less often", () => {
    const [often, rarely, never] = logMarginals([90, 10, 0], [0.4, 0.3, 0.3]);
    expect(often).toBeGreaterThan(0);
    expect(rarely).toBeLessThan(0);
    expect(never).toBeLessThan(rarely!);
  });

  it("trust many uses more than few, and are finite whatever was counted", () => {
    const many = logMarginals([2_000, 8_000], [0.1, 0.9]);
    expect(many[0]).toBeGreaterThan(logMarginals([2, 8], [0.1, 0.9])[0]!);
    const counts = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(counts, (uses) => {
        const shares = uses.map((_, at) => (at === 0 ? 1 : 0));
        expect([...logMarginals(uses, shares)].every(Number.isFinite)).toBe(true);
      }),
      { seed: 1 },
    );
  });
});

describe("Tuning by word frequencies", () => {
  it("learns nothing, and keeps a number for each word", () => {
    const tuning = marginalTuning({ vocab_size: 50 });
    expect(learnedValues(tuning)).toEqual([]);
    expect(tuningSize(tuning)).toEqual({ perWriter: 0, forEveryone: 0, bytesPerWriter: 100 });
    expect(Object.keys(marginalValues(new Float32Array(50)))).toEqual(tuning.values.map(({ name }) => name));
  });
});
