import { expect, test } from "vitest";
import { NotFiniteError } from "../../../src/graph/errors.ts";
import { fitRanker, probabilities, type RankerPrior, startFrom } from "../../../src/tags/ranker/ranker.ts";

const names = ["signal", "noise"];
const flat: RankerPrior = { version: 1, bias: 0, features: {} };
const rows = Array.from({ length: 40 }, (_, at) => ({
  values: Float32Array.from([1, Math.sin(at), 0, Math.cos(at)]),
  labels: Uint8Array.from([1, 0]),
}));

test("a feature that tells right from wrong gets a weight, one that does not stays near zero", () => {
  const start = startFrom(flat, names, rows);
  const weights = fitRanker(rows, start, { weightPrecision: 1, biasPrecision: 1 });
  expect(weights[0]).toBeGreaterThan(1);
  expect(Math.abs(weights[1]!)).toBeLessThan(0.3);
});

test("a strong pull leaves the weights of other writers as they are", () => {
  const scale = { mean: 0, deviation: 1 };
  const prior: RankerPrior = {
    version: 1,
    bias: -1,
    features: { signal: { ...scale, weight: 0.5 }, noise: { ...scale, weight: -0.2 } },
  };
  const weights = fitRanker(rows, startFrom(prior, names), { weightPrecision: 1e9, biasPrecision: 1e9 });
  expect([...weights]).toEqual([expect.closeTo(0.5), expect.closeTo(-0.2), expect.closeTo(-1)]);
});

test("the gradient of the penalised loss vanishes at the fitted weights", () => {
  const start = startFrom(flat, names, rows);
  const weights = fitRanker(rows, start, { weightPrecision: 2, biasPrecision: 1 });
  let gradient = 2 * weights[0]!;
  for (const { values, labels } of rows) {
    probabilities(values, start, weights).forEach((chance, row) => {
      gradient += (chance - labels[row]!) * ((values[2 * row]! - start.mean[0]!) / start.deviation[0]!);
    });
  }
  expect(gradient).toBeCloseTo(0, 1);
});

test("a writer whose candidates are right far more often than others' is learned as well", () => {
  const prior: RankerPrior = { version: 1, bias: -6, features: {} };
  const start = startFrom(prior, names, rows);
  const weights = fitRanker(rows, start, { weightPrecision: 100, biasPrecision: 1 });
  let gradient = weights[2]! - start.weights[2]!;
  for (const { values, labels } of rows) {
    probabilities(values, start, weights).forEach((chance, row) => {
      gradient += chance - labels[row]!;
    });
  }
  expect(gradient).toBeCloseTo(0, 4);
  const [right, wrong] = probabilities(rows[0]!.values, start, weights);
  expect(right).toBeGreaterThan(wrong!);
});

test("a value that is no number is an error, not a weight", () => {
  const values = Float32Array.of(Number.POSITIVE_INFINITY, 1);
  const impossible = [...rows, { values, labels: Uint8Array.of(1) }];
  const strength = { weightPrecision: 1, biasPrecision: 1 };
  expect(() => fitRanker(impossible, startFrom(flat, names, rows), strength)).toThrow(NotFiniteError);
});

test("an unknown value counts as the mean", () => {
  const start = startFrom(flat, names, rows);
  const weights = Float64Array.from([2, 1, 0.5]);
  const [unknown, mean] = probabilities(
    Float32Array.from([Number.NaN, Number.NaN, start.mean[0]!, start.mean[1]!]),
    start,
    weights,
  );
  expect(unknown).toBeCloseTo(mean!);
});

test("weights that make an impossible score make no suggestion", () => {
  const start = startFrom(flat, names);
  for (const weight of [Number.POSITIVE_INFINITY, Number.NaN]) {
    expect(() => probabilities(Float32Array.of(1, 1), start, Float64Array.of(weight, 0, 0))).toThrow(
      NotFiniteError,
    );
  }
});

test("the bias has a pull of its own: it moves where the weights are held", () => {
  const start = startFrom(flat, names);
  const right = rows.map(({ values }) => ({ values, labels: Uint8Array.from([1, 1]) }));
  const weights = fitRanker(right, start, { weightPrecision: 1e9, biasPrecision: 1e-3 });
  expect([weights[0], weights[1]]).toEqual([expect.closeTo(0), expect.closeTo(0)]);
  expect(weights[2]).toBeGreaterThan(3);
});
