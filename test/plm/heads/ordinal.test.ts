import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Graph } from "../../../src/graph/graph.ts";
import { GraphSession } from "../../../src/graph/session.ts";
import type { Value } from "../../../src/graph/value.ts";
import { writeModel } from "../../../src/graph/write-model.ts";
import {
  ordinalLoss,
  ordinalShares,
  readThresholds,
  storeThresholds,
} from "../../../src/plm/heads/ordinal.ts";
import { classMasks } from "../../../src/tone/head/tone-classes.ts";
import { toneThresholds } from "../../../src/tone/head/tone-head.ts";
import { checkGradients } from "../../graph/check-gradients.ts";
import { normal } from "../../graph/draw-inputs.ts";
import { floats } from "../../graph/run-graph.ts";

/** Thresholds, probabilities and losses from valences and raw thresholds. */
async function compileHead(): Promise<GraphSession> {
  const graph = new Graph();
  const raw = graph.input("raw", "float32", [4]);
  const thresholds = toneThresholds(() => raw);
  const probabilities = ordinalShares(graph.input("valence", "float32", ["batch", 1]), thresholds);
  const members = graph.input("members", "float32", ["batch", 5]);
  const losses = ordinalLoss(probabilities, members, graph.input("universe", "float32", ["batch", 5]));
  return GraphSession.create(writeModel(graph, { thresholds, probabilities, losses }), { threads: 1 });
}

let head: GraphSession;
beforeAll(async () => {
  head = await compileHead();
});
afterAll(() => head.release());

interface Reading {
  readonly thresholds: readonly number[];
  readonly probabilities: readonly number[];
  readonly loss: number;
}

async function read(valence: number, raw: readonly number[], target = classMasks(0, 5)): Promise<Reading> {
  const results = await head.run({
    raw: floats(raw),
    valence: floats([valence], [1, 1]),
    members: floats(target.members, [1, 5]),
    universe: floats(target.universe, [1, 5]),
  });
  const numbers = (name: string): readonly number[] => Array.from(results[name]!.data, Number);
  return {
    thresholds: numbers("thresholds"),
    probabilities: numbers("probabilities"),
    loss: numbers("losses")[0]!,
  };
}

/** The same in plain arithmetic of 64 bits. */
function expectedProbabilities(valence: number, [second, ...gaps]: readonly number[]): readonly number[] {
  const [below, above, further] = gaps.map((gap) => Math.log1p(Math.exp(gap)));
  const third = second! + above!;
  const thresholds = [second! - below!, second!, third, third + further!];
  const shares = [1, ...thresholds.map((threshold) => 1 / (1 + Math.exp(threshold - valence))), 0];
  return shares.slice(0, 5).map((share, k) => share - shares[k + 1]!);
}

const raws = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 4, maxLength: 4 });
const valences = fc.double({ min: -8, max: 8, noNaN: true });

describe("the ordinal head", () => {
  it("gives probabilities that sum to 1 over ascending thresholds, for any weights", async () => {
    await fc.assert(
      fc.asyncProperty(valences, raws, async (valence, raw) => {
        const { thresholds, probabilities } = await read(valence, raw);
        expect(thresholds.every((threshold, k) => k === 0 || threshold > thresholds[k - 1]!)).toBe(true);
        expect(probabilities.every((one) => one >= 0)).toBe(true);
        expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
        expectedProbabilities(valence, raw).forEach((expected, k) => {
          expect(probabilities[k]!).toBeCloseTo(expected, 5);
        });
      }),
    );
  });

  it("moves to higher classes as the valence rises", async () => {
    const mean = async (valence: number): Promise<number> =>
      (await read(valence, [-0.5, 0, 0, 0])).probabilities.reduce((sum, share, k) => sum + share * k, 0);
    const means = [await mean(-6), await mean(-1), await mean(0), await mean(1), await mean(6)];
    expect(means).toEqual(means.toSorted((a, b) => a - b));
    expect(means[0]!).toBeLessThan(0.1);
    expect(means[4]!).toBeGreaterThan(3.9);
  });

  it.each([2, 3, 5] as const)("has the likelihood of labels with %d classes", async (classes) => {
    const groups = {
      2: [
        [0, 1],
        [3, 4],
      ],
      3: [[0, 1], [2], [3, 4]],
      5: [[0], [1], [2], [3], [4]],
    }[classes];
    const raw = [-0.4, 0.3, -0.2, 0.5];
    for (const valence of [-2, -0.3, 0, 1.7]) {
      const probabilities = expectedProbabilities(valence, raw);
      const share = (ks: readonly number[]): number => ks.reduce((sum, k) => sum + probabilities[k]!, 0);
      for (const [label, group] of groups.entries()) {
        const { loss } = await read(valence, raw, classMasks(label, classes));
        expect(loss).toBeCloseTo(-Math.log(share(group) / share(groups.flat())), 4);
      }
    }
  });

  it("stays finite where a label is all but impossible", async () => {
    const { loss } = await read(-200, [0, 0, 0, 0], classMasks(4, 5));
    expect(loss).toBeGreaterThan(10);
    expect(loss).toBeLessThan(20);
  });

  it("refuses a label that the scale does not have", () => {
    expect(() => classMasks(2, 2)).toThrow(RangeError);
    expect(() => classMasks(-1, 5)).toThrow("Label -1 is not one of 5 classes");
  });

  it("has the slope of its losses for valence and thresholds", async () => {
    const build = (valence: Value, raw: Value, weight: Value): Value => {
      const probabilities = ordinalShares(
        valence,
        toneThresholds(() => raw),
      );
      const ones = weight.graph.constant(new Float32Array(5).fill(1), [1, 5]);
      const members = weight.graph.constant(Float32Array.of(0, 0, 0, 1, 1), [1, 5]);
      return ordinalLoss(probabilities, members, ones);
    };
    await checkGradients(build, [normal("batch", 1), normal(4), normal()], [{ batch: 1 }, { batch: 4 }]);
  });

  it.each([0, 1, 2])("has ascending thresholds back from their stored form, with pivot %d", (pivot) => {
    const thresholds = [-2, -0.5, 0.25, 3];
    const stored = storeThresholds(thresholds, pivot);
    expect(stored[0]).toBe(thresholds[pivot]);
    readThresholds(stored, pivot).forEach((threshold, k) => {
      expect(threshold).toBeCloseTo(thresholds[k]!, 5);
    });
  });
});
