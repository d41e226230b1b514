import fc from "fast-check";
import { expect, test } from "vitest";
import { logisticLoss } from "../../src/numbers/logistic-loss.ts";
import { minimise } from "../../src/numbers/minimise.ts";

const size = 3;
/** Evenly, where fast-check's own numbers are nearly all next to 0. */
const between = (least: number, most: number) =>
  fc.integer({ min: 0, max: 1e6 }).map((value) => least + (value / 1e6) * (most - least));
const several = (most: number) => fc.array(between(-most, most), { minLength: size, maxLength: size });
const weightsOf = (most: number) => several(most).map((values) => Float64Array.from(values));
/** Some tell right from wrong without fault, some are far out: both lead Newton's whole steps astray. */
const problem = fc
  .record({
    rows: fc.array(
      fc.record({
        values: several(20),
        label: fc.integer({ min: 0, max: 1 }),
        share: between(0.1, 50),
      }),
      { minLength: 1, maxLength: 30 },
    ),
    prior: weightsOf(8),
    precision: between(-3, 2).map((power) => 10 ** power),
    from: weightsOf(10),
  })
  .map(({ rows, prior, precision, from }) => {
    const data = {
      values: Float32Array.from(rows.flatMap(({ values }) => values)),
      labels: Uint8Array.from(rows, ({ label }) => label),
      shares: Float64Array.from(rows, ({ share }) => share),
    };
    const loss = logisticLoss(data, { weights: prior, precision: new Float64Array(size).fill(precision) });
    return { loss, from };
  });

test("From one step to the next the loss never rises, and where they end it is level.", () => {
  fc.assert(
    fc.property(problem, ({ loss, from }) => {
      const values: number[] = [];
      const end = minimise(
        {
          valueAt: loss.valueAt,
          slopeAt(weights) {
            values.push(loss.valueAt(weights));
            return loss.slopeAt(weights);
          },
        },
        from,
      );
      values.push(loss.valueAt(end));
      expect(values).toEqual([...values].sort((a, b) => b - a));
      const { gradient, hessian } = loss.slopeAt(end);
      // In the scale of the loss: a gradient of 1 says little where the loss bends by 1e5.
      const steepest = Math.max(...gradient.map((slope, at) => slope ** 2 / hessian.values[at * size + at]!));
      expect(steepest).toBeLessThan(1e-6);
    }),
  );
});

test("The slope is how the loss changes.", () => {
  fc.assert(
    fc.property(problem, weightsOf(0.1), ({ loss }, weights) => {
      const { gradient, hessian } = loss.slopeAt(weights);
      const step = 1e-5;
      for (let at = 0; at < size; at++) {
        const moved = (by: number) => weights.map((weight, i) => (i === at ? weight + by : weight));
        const slope = (loss.valueAt(moved(step)) - loss.valueAt(moved(-step))) / (2 * step);
        const scale = 1 + hessian.values[at * size + at]!;
        expect(Math.abs(gradient[at]! - slope) / scale).toBeLessThan(1e-4);
        const [above, below] = [loss.slopeAt(moved(step)).gradient, loss.slopeAt(moved(-step)).gradient];
        for (let other = at; other < size; other++) {
          const bend = (above[other]! - below[other]!) / (2 * step);
          const bendScale = scale + hessian.values[other * size + other]!;
          expect(Math.abs(hessian.values[other * size + at]! - bend) / bendScale).toBeLessThan(1e-3);
        }
      }
    }),
  );
});

test("A score that no exponential can hold has a loss.", () => {
  const rows = { values: Float32Array.of(1), labels: Uint8Array.of(0), shares: Float64Array.of(2) };
  const loss = logisticLoss(rows, { weights: Float64Array.of(1e4), precision: Float64Array.of(1) });
  expect(loss.valueAt(Float64Array.of(1e4))).toBe(2e4);
});
