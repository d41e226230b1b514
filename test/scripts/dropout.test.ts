import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Dropout } from "../../scripts/model/dropout.ts";
import { DropoutRateError } from "../../scripts/model/errors.ts";
import {
  type BuildGraph,
  maskedLmTraining,
  measuringGraphs,
  offsetsName,
  sentimentTraining,
  teachingGraph,
} from "../../scripts/model/multi-task-graphs.ts";
import { usualWeights } from "../../scripts/model/multi-task-trainer.ts";
import { builtConfig, startWeights, type Weights } from "../../scripts/model/start-weights.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { TensorData } from "../../src/graph/session.ts";
import { TrainingSession } from "../../src/learning/training-session.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "dropout-"));
afterAll(() => rmSync(folder, { recursive: true }));
const source = await readModelDirectory(writeTinyModel(join(folder, "source"), { tone: false }));
const config = builtConfig(source.config);
const sets = 3;
const extents = { batch: 4, length: 6 };

const dropout = (rate: number, seed = "dropout"): Dropout => new Dropout(rate, createRandom(seed));
const graphs: Readonly<Record<string, (drops?: boolean) => BuildGraph>> = {
  mlm: (drops) => maskedLmTraining(config, usualWeights, drops),
  sentiment: (drops) => sentimentTraining(config, sets, usualWeights, drops),
};

/** The numbers of a mask that a graph asks for by itself. */
function draw(dropped: Dropout, step: number, rows: number, label = "mlm"): Float32Array {
  const input = new Graph().input("mask", "float32", ["batch*length", 10]);
  const { data, shape } = dropped.masks([input], label, step, { batch: 1, length: rows })["mask"]!;
  expect(shape).toEqual([rows, 10]);
  return Float32Array.from(data as Float32Array);
}

const mean = (numbers: ArrayLike<number>): number =>
  Array.from(numbers).reduce((sum, number) => sum + number, 0) / numbers.length;

describe("what dropout leaves out", () => {
  it.each([0.1, 0.5, 0.9])("is a share of %f, and the rest is as much larger", (rate) => {
    const mask = draw(dropout(rate), 1, 10_000);
    const kept = mask.filter((number) => number !== 0);
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / (1 - rate))]));
    // Four standard deviations of the mean of 100,000 numbers.
    const slack = 4 * Math.sqrt(rate / (1 - rate) / mask.length);
    expect(Math.abs(mean(mask) - 1)).toBeLessThan(slack);
    expect(Math.abs(kept.length / mask.length - (1 - rate))).toBeLessThan(slack);
  });

  it("does not depend on what stands beside it, whatever the distance", () => {
    const mask = draw(dropout(0.3), 1, 10_000).map((number) => (number === 0 ? 1 : 0));
    for (const distance of [1, 2, 3, 10, 320]) {
      const both = mask.subarray(distance).map((out, at) => out * mask[at]!);
      expect(Math.abs(mean(both) - 0.09), `${distance}`).toBeLessThan(0.006);
    }
  });

  it("is the same for the same seed, step and task, and differs for others", () => {
    const first = draw(dropout(0.1), 5, 100);
    const later = dropout(0.1);
    draw(later, 4, 300);
    expect(draw(later, 5, 100)).toEqual(first);
    expect(draw(dropout(0.1), 6, 100)).not.toEqual(first);
    expect(draw(dropout(0.1), 5, 100, "sentiment")).not.toEqual(first);
    expect(draw(dropout(0.1, "another seed"), 5, 100)).not.toEqual(first);
  });

  it.each([0, 1, -0.1, Number.NaN])("cannot be a share of %f", (rate) => {
    expect(() => dropout(rate)).toThrow(DropoutRateError);
  });
});

describe("dropout in a build", () => {
  const places = [
    "embeddings",
    ...[0, 1].flatMap((layer) => [`${layer} shares`, `${layer} attention`, `${layer} feedForward`]),
  ];

  it("has the places of BERT and, where tone is read, those of the head", () => {
    const masks = (name: string) =>
      graphs[name]!(true).masks.map(({ name: input, type }) => [input.replace("dropout ", ""), type.shape]);
    expect(masks("mlm").map(([place]) => place)).toEqual(places);
    expect(masks("sentiment").map(([place]) => place)).toEqual([...places, "pooled", "features"]);
    expect(Object.fromEntries(masks("sentiment"))).toMatchObject({
      embeddings: ["batch*length", 32],
      "0 shares": ["batch", 2, "length", "length"],
      "1 feedForward": ["batch*length", 32],
      pooled: ["batch", 64],
      features: ["batch", 128],
    });
  });

  it("is nowhere without it, nor where a model is measured or teaches", () => {
    const measuring = Object.values(measuringGraphs(config));
    const all = [...measuring, teachingGraph(config, true), ...Object.values(graphs).map((make) => make())];
    for (const { graph } of all) {
      expect(graph.inputs.filter(({ name }) => name.startsWith("dropout"))).toEqual([]);
    }
  });

  it.each(Object.keys(graphs))("has the slope of the loss of %s, of what is left out", async (task) => {
    const training = graphs[task]!(true);
    const masks = dropout(0.3).masks(training.masks, task, 1, extents);
    const session = await TrainingSession.create(training, { threads: 1 });
    try {
      const weights = start();
      const inputs = { ...texts(task), ...masks };
      const { gradients } = await session.step(weights, inputs);
      const slope = Math.hypot(...Object.values(gradients).map((gradient) => Math.hypot(...gradient)));
      const lossAt = async (distance: number): Promise<number> =>
        (await session.step(moved(weights, gradients, distance / slope), inputs)).loss;
      const width = 0.01;
      const near = (await lossAt(width)) - (await lossAt(-width));
      const far = (await lossAt(2 * width)) - (await lossAt(-2 * width));
      expect((8 * near - far) / (12 * width) / slope).toBeCloseTo(1, 2);
    } finally {
      await session.release();
    }
  });
});

function start(): Weights {
  const weights = startWeights(source, config, { text: [], sets, random: createRandom("heads") });
  const random = createRandom("offsets");
  weights[offsetsName] = weights[offsetsName]!.map(() => 0.1 * random.normal());
  return weights;
}

/** Weights a way along a direction; those without one stay. */
function moved(weights: Weights, direction: Readonly<Record<string, Float32Array>>, way: number): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, values]) => [
      name,
      values.map((value, at) => value + way * (direction[name]?.[at] ?? 0)),
    ]),
  );
}

/** Four texts of up to six tokens, with what a task asks of them. */
function texts(task: string): Readonly<Record<string, TensorData>> {
  const { batch, length } = extents;
  const random = createRandom("texts");
  const integers = (numbers: readonly number[], shape: readonly number[]): TensorData => ({
    data: BigInt64Array.from(numbers, BigInt),
    shape,
  });
  const floats = (numbers: readonly number[], shape: readonly number[]): TensorData => ({
    data: Float32Array.from(numbers),
    shape,
  });
  const places = Array.from({ length: batch * length }, (_, at) => at);
  return {
    ids: integers(
      places.map(() => 5 + random.integer(60)),
      [batch, length],
    ),
    mask: floats(
      places.map((at) => (at === batch * length - 1 ? 0 : 1)),
      [batch, length],
    ),
    teacher: floats(
      Array.from({ length: batch * 32 }, () => random.normal() / Math.sqrt(32)),
      [batch, 32],
    ),
    ...(task === "mlm"
      ? { positions: integers([1, 8, 15], [3]), targets: integers([20, 30, 40], [3]) }
      : {
          members: floats([1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0], [batch, 5]),
          universe: floats(new Array(20).fill(1), [batch, 5]),
          sets: integers([0, 1, 2, 0], [batch]),
        }),
  };
}
