import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InvalidFeedError } from "../../src/graph/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { tanh } from "../../src/graph/operators/activations.ts";
import { add, mul, sub } from "../../src/graph/operators/arithmetic.ts";
import { gemm } from "../../src/graph/operators/matrix-products.ts";
import { reduceMean } from "../../src/graph/operators/reductions.ts";
import type { WeightData } from "../../src/graph/value.ts";
import { Adam } from "../../src/learning/optimiser/adam.ts";
import { type TrainingGraph, TrainingSession } from "../../src/learning/training-session.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { floats } from "../graph/run-graph.ts";

const threads = { threads: 1 };
const frozen = Float32Array.of(1, 2, -1, 0.5, 0, 1);

/** Mean squared error of tanh(x·F)·Wᵀ + b, with F frozen. */
function regression(data: WeightData = { kind: "memory", data: frozen }): TrainingGraph {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["batch", 2]);
  const w = graph.input("w", "float32", [1, 3]);
  const b = graph.input("b", "float32", [1]);
  const states = tanh(gemm(x, graph.weight("frozen", [2, 3], data)));
  const errors = sub(gemm(states, w, { transB: true, bias: b }), graph.input("y", "float32", ["batch", 1]));
  return { graph, loss: reduceMean(mul(errors, errors), [0, 1]), trainable: { w, b }, outputs: { errors } };
}

const random = createRandom("training");
const batch = {
  x: floats(Array.from({ length: 16 }, random.normal), [8, 2]),
  y: floats(Array.from({ length: 8 }, random.normal), [8, 1]),
};
const startingPoint = () => ({ w: Float32Array.of(0.5, -0.5, 1), b: Float32Array.of(0) });

describe("TrainingSession", () => {
  it("gives loss, gradients in the sizes of their values, and what else was asked for", async () => {
    const session = await TrainingSession.create(regression(), threads);
    const { loss, gradients, outputs } = await session.step(startingPoint(), batch);
    await session.release();
    const errors = Array.from(outputs["errors"]!.data, Number);
    expect(Object.keys(gradients).sort()).toEqual(["b", "w"]);
    expect(gradients["w"]!.length).toBe(3);
    expect(loss).toBeCloseTo(errors.reduce((sum, error) => sum + error * error, 0) / 8, 5);
    expect(gradients["b"]![0]).toBeCloseTo(errors.reduce((sum, error) => sum + 2 * error, 0) / 8, 5);
  });

  it("sees the parameters that the optimiser changed in place", async () => {
    const session = await TrainingSession.create(regression(), threads);
    const parameters = startingPoint();
    const adam = new Adam([{ parameters }]);
    const losses: number[] = [];
    for (let step = 0; step < 60; step++) {
      const { loss, gradients } = await session.step(parameters, batch);
      adam.step(gradients, 0.05);
      losses.push(loss);
    }
    await session.release();
    expect(losses.at(-1)!).toBeLessThan(0.7 * losses[0]!);
  });

  it("repeats to the bit, in any batch size of one session", async () => {
    const session = await TrainingSession.create(regression(), threads);
    const first = await session.step(startingPoint(), batch);
    await session.step(startingPoint(), { x: floats([1, 2], [1, 2]), y: floats([1], [1, 1]) });
    expect(await session.step(startingPoint(), batch)).toEqual(first);
    await session.release();
  });

  it("has a loss and gradients that do not depend on how often the batch is repeated", async () => {
    const session = await TrainingSession.create(regression(), threads);
    const once = await session.step(startingPoint(), batch);
    const twice = await session.step(startingPoint(), {
      x: floats([...batch.x.data, ...batch.x.data].map(Number), [16, 2]),
      y: floats([...batch.y.data, ...batch.y.data].map(Number), [16, 1]),
    });
    await session.release();
    expect(twice.loss).toBeCloseTo(once.loss, 5);
    twice.gradients["w"]!.forEach((number, i) => {
      expect(number).toBeCloseTo(once.gradients["w"]![i]!, 5);
    });
  });

  it("feeds fixed parameters without training them", async () => {
    const { trainable, ...rest } = regression();
    const { w, b } = trainable as { w: never; b: never };
    const session = await TrainingSession.create({ ...rest, trainable: { w }, fixed: { b } }, threads);
    const { gradients } = await session.step(startingPoint(), batch);
    await session.release();
    expect(Object.keys(gradients)).toEqual(["w"]);
  });

  it("gives zeros to a parameter that the loss does not use", async () => {
    const { graph, loss, trainable } = regression();
    const spare = graph.input("spare", "float32", [2, 2]);
    const session = await TrainingSession.create(
      { graph, loss, trainable: { ...trainable, spare } },
      threads,
    );
    const { gradients } = await session.step({ ...startingPoint(), spare: new Float32Array(4) }, batch);
    await session.release();
    expect(gradients["spare"]).toEqual(new Float32Array(4));
  });

  it("names a parameter that was not given", async () => {
    const session = await TrainingSession.create(regression(), threads);
    const { w } = startingPoint();
    await expect(session.step({ w }, batch)).rejects.toThrow(InvalidFeedError);
    await expect(session.step({ w }, batch)).rejects.toThrow("were not fed: b.");
    await session.release();
  });

  it("reads frozen weights from a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "idiolect-training-"));
    await writeFile(join(folder, "frozen.bin"), new Uint8Array(frozen.buffer));
    const data = {
      kind: "file",
      location: "frozen.bin",
      offsetBytes: 0,
      lengthBytes: frozen.byteLength,
    } as const;
    const fromFile = await TrainingSession.create(regression(data), { ...threads, weightsFolder: folder });
    const fromMemory = await TrainingSession.create(regression(), threads);
    expect(await fromFile.step(startingPoint(), batch)).toEqual(
      await fromMemory.step(startingPoint(), batch),
    );
    await fromFile.release();
    await fromMemory.release();
    await rm(folder, { recursive: true });
  });

  it("trains two losses of one graph apart or together", async () => {
    const sum = async (pick: (a: number) => number): Promise<Float32Array> => {
      const { graph, loss, trainable } = regression();
      const penalty = reduceMean(mul(trainable["w"]!, trainable["w"]!), [0, 1]);
      const whole = add(mul(loss, pick(0)), mul(penalty, pick(1)));
      const session = await TrainingSession.create({ graph, loss: whole, trainable }, threads);
      const { gradients } = await session.step(startingPoint(), batch);
      await session.release();
      return gradients["w"]!;
    };
    const [first, second, both] = [await sum((i) => 1 - i), await sum((i) => i), await sum(() => 1)];
    both.forEach((number, i) => {
      expect(number).toBeCloseTo(first[i]! + second[i]!, 5);
    });
  });
});
