import { describe, expect, it } from "vitest";
import { Graph } from "../../../src/graph/graph.ts";
import { GraphSession } from "../../../src/graph/session.ts";
import type { Value } from "../../../src/graph/value.ts";
import { writeModel } from "../../../src/graph/write-model.ts";
import { ordinalLoss, ordinalShares } from "../../../src/plm/heads/ordinal.ts";
import {
  offsetPenalty,
  readToneHead,
  thresholdsOfSets,
  toneThresholds,
} from "../../../src/tone/head/tone-head.ts";
import { checkGradients } from "../../graph/check-gradients.ts";
import { normal } from "../../graph/draw-inputs.ts";
import { floats, integers } from "../../graph/run-graph.ts";

/** Shares of the five classes for valences with scales, by thresholds −3, −1, 1, 3. */
async function shares(valences: readonly number[], scales: readonly number[]): Promise<readonly number[][]> {
  const graph = new Graph();
  const [location, scale] = ["location", "scale"].map((name) => graph.input(name, "float32", ["batch", 1]));
  const raw = graph.constant(
    Float32Array.of(-1, softplusInverse(2), softplusInverse(2), softplusInverse(2)),
    [4],
  );
  const probabilities = ordinalShares(
    location!,
    toneThresholds(() => raw),
    scale,
  );
  const session = await GraphSession.create(writeModel(graph, { probabilities }), { threads: 1 });
  const shape = [valences.length, 1];
  const { probabilities: found } = await session.run({
    location: floats(valences, shape),
    scale: floats(scales, shape),
  });
  await session.release();
  return valences.map((_, row) => Array.from(found!.data, Number).slice(5 * row, 5 * row + 5));
}

const softplusInverse = (y: number): number => Math.log(Math.expm1(y));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe("the head of location and scale", () => {
  it("is as sure of neutral as its scale is small, and has P(above k) = σ((μ − τₖ)/s)", async () => {
    const [wide, narrow, positive] = await shares([0, 0, 2.5], [1, 0.2, 0.5]);
    expect(wide![2]!).toBeCloseTo(sigmoid(1) - sigmoid(-1), 5);
    expect(narrow![2]!).toBeGreaterThan(0.98);
    expect(positive![4]!).toBeCloseTo(sigmoid((2.5 - 3) / 0.5), 5);
    for (const row of [wide!, narrow!, positive!]) {
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    }
  });

  it("has ascending thresholds for each set, and those that are stored for the first", async () => {
    const graph = new Graph();
    const stored = graph.constant(Float32Array.of(-1, 0.3, -0.2, 0.5), [4]);
    const offsets = graph.constant(Float32Array.of(1, -5, 4, 0.1, -2, 9, -9, 3), [2, 4]);
    const thresholds = thresholdsOfSets(() => stored, offsets, graph.input("sets", "int64", ["batch"]));
    const own = toneThresholds(() => stored);
    const session = await GraphSession.create(writeModel(graph, { thresholds, own }), { threads: 1 });
    const results = await session.run({ sets: integers([0, 2, 1]) });
    await session.release();
    const rows = [0, 1, 2].map((row) =>
      Array.from(results["thresholds"]!.data, Number).slice(4 * row, 4 * row + 4),
    );
    expect(rows[0]).toEqual(Array.from(results["own"]!.data, Number));
    expect(rows[1]![1]).toBeCloseTo(-3);
    expect(rows[2]![1]).toBeCloseTo(0);
    for (const row of rows) expect(row.toSorted((a, b) => a - b)).toEqual(row);
  });

  it("has the slope of its loss for all of its weights, the offsets of the sets and the hidden states", async () => {
    const d = 3;
    const shapes = new Map([
      ["sentiment.dense.weight", [128, 2 * d]],
      ["sentiment.dense.bias", [128]],
      ["sentiment.valence.weight", [1, 128]],
      ["sentiment.valence.bias", [1]],
      ["sentiment.spread.weight", [1, 128]],
      ["sentiment.spread.bias", [1]],
      ["sentiment.thresholds", [4]],
    ]);
    const names = [...shapes.keys()];
    const build = (states: Value, offsets: Value, ...weights: Value[]): Value => {
      const { graph } = states;
      const source = (name: string): Value => weights[names.indexOf(name)]!;
      const sets = graph.constant(BigInt64Array.of(0n, 2n), [2]);
      const { location, scale } = readToneHead({ tone_head: "location_scale" }, source, states, {
        ids: graph.constant(new BigInt64Array(6), [2, 3]),
        mask: graph.constant(Float32Array.of(1, 1, 1, 1, 1, 0), [2, 3]),
      });
      const probabilities = ordinalShares(location, thresholdsOfSets(source, offsets, sets), scale);
      const members = graph.constant(Float32Array.of(0, 0, 1, 0, 0, 0, 0, 0, 1, 1), [2, 5]);
      const universe = graph.constant(Float32Array.of(1, 1, 1, 1, 1, 1, 1, 0, 1, 1), [2, 5]);
      return ordinalLoss(probabilities, members, universe);
    };
    await checkGradients(build, [
      normal(6, d),
      normal(2, 4),
      ...names.map((name) => normal(...shapes.get(name)!)),
    ]);
  });

  it("has the slope of what pulls the offsets to zero", async () => {
    await checkGradients(offsetPenalty, [normal(3, 4)]);
  });

  it("has the slope of the valence for all of its weights and the hidden states", async () => {
    const d = 3;
    const shapes = new Map([
      ["sentiment.dense.weight", [128, 2 * d]],
      ["sentiment.dense.bias", [128]],
      ["sentiment.valence.weight", [1, 128]],
      ["sentiment.valence.bias", [1]],
    ]);
    const build = (rows: Value, ...given: Value[]): Value => {
      const weights = new Map([...shapes.keys()].map((name, index) => [name, given[index]!]));
      const inputs = {
        ids: rows.graph.constant(new BigInt64Array(4), [2, 2]),
        mask: rows.graph.constant(Float32Array.of(1, 1, 1, 0), [2, 2]),
      };
      return readToneHead({ tone_head: "ordinal" }, (name) => weights.get(name)!, rows, inputs).location;
    };
    await checkGradients(build, [normal(4, d), ...[...shapes.values()].map((shape) => normal(...shape))]);
  });
});
