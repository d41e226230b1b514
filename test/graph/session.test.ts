import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidFeedError, NotFiniteError } from "../../src/graph/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { add, mul } from "../../src/graph/operators/arithmetic.ts";
import { cast, greater } from "../../src/graph/operators/logic.ts";
import { matMul } from "../../src/graph/operators/matrix-products.ts";
import { softmax } from "../../src/graph/operators/normalisation.ts";
import { GraphSession } from "../../src/graph/session.ts";
import { writeModel } from "../../src/graph/write-model.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { floats, integers } from "./run-graph.ts";

const random = createRandom("session");
const x = floats(Array.from({ length: 64 * 96 }, random.normal), [64, 96]);
const w = floats(Array.from({ length: 96 * 80 }, random.normal), [96, 80]);

let session: GraphSession;
beforeAll(async () => {
  const graph = new Graph();
  const product = matMul(graph.input("x", "float32", ["rows", 96]), graph.input("w", "float32", [96, 80]));
  session = await GraphSession.create(writeModel(graph, { shares: softmax(product) }), { threads: 2 });
});
afterAll(() => session.release());

describe("GraphSession", () => {
  it("names all inputs that were not fed", async () => {
    expect([...session.inputNames].sort()).toEqual(["w", "x"]);
    await expect(session.run({ x })).rejects.toThrow(InvalidFeedError);
    await expect(session.run({ y: x })).rejects.toThrow("were not fed: x, w.");
  });

  it("leaves alone what it was fed beyond its inputs", async () => {
    const results = await session.run({ x, w, y: x });
    expect(Object.keys(results)).toEqual(["shares"]);
  });

  it("gives the same bits every time, with two threads", async () => {
    const first = await session.run({ x, w });
    for (let again = 0; again < 5; again++) {
      expect(await session.run({ x, w })).toEqual(first);
    }
  });

  it("gives the same to runs that overlap", async () => {
    const first = await session.run({ x, w });
    for (const results of await Promise.all([session.run({ x, w }), session.run({ x, w })])) {
      expect(results).toEqual(first);
    }
  });

  it("agrees with itself whether weights are prepacked or threads spin", async () => {
    const graph = new Graph();
    const weight = graph.weight("w", [96, 80], { kind: "memory", data: w.data as Float32Array });
    const model = writeModel(graph, { y: matMul(graph.input("x", "float32", [64, 96]), weight) });
    const runs: Float32Array[] = [];
    for (const options of [{}, { prepack: false }, { quiet: false }]) {
      const one = await GraphSession.create(model, { threads: 1, ...options });
      runs.push((await one.run({ x }))["y"]!.data as Float32Array);
      await one.release();
    }
    for (const run of runs.slice(1)) {
      expect(run.every((number, i) => Math.abs(number - runs[0]![i]!) < 1e-4)).toBe(true);
    }
  });

  it("gives no impossible number where those are to be errors", async () => {
    const graph = new Graph();
    const y = mul(graph.input("numbers", "float32", [2]), 2);
    const model = writeModel(graph, { y });
    const lax = await GraphSession.create(model, { threads: 1 });
    const strict = await GraphSession.create(model, { threads: 1, finite: true });
    for (const bad of [Number.NaN, 3e38]) {
      const feeds = { numbers: floats([1, bad]) };
      expect(Number.isFinite((await lax.run(feeds))["y"]!.data[1])).toBe(false);
      await expect(strict.run(feeds)).rejects.toThrow(NotFiniteError);
    }
    expect((await strict.run({ numbers: floats([1, 2]) }))["y"]!.data).toEqual(Float32Array.of(2, 4));
    await Promise.all([lax.release(), strict.release()]);
  });

  it("takes 32-bit and 64-bit integers, and gives integers and truth values back", async () => {
    const graph = new Graph();
    const [a, b] = [graph.input("a", "int32", [2]), graph.input("b", "int64", [2])];
    const sum = add(cast(a, "int64"), b);
    const outputs = { sum, isMore: greater(cast(sum, "float32"), 5), small: cast(sum, "int32") };
    const one = await GraphSession.create(writeModel(graph, outputs), { threads: 1 });
    const results = await one.run({ a: { data: Int32Array.of(1, 2), shape: [2] }, b: integers([3, 4]) });
    expect(results["sum"]!.data).toEqual(BigInt64Array.of(4n, 6n));
    expect(results["small"]!.data).toEqual(Int32Array.of(4, 6));
    expect(Array.from(results["isMore"]!.data, Number)).toEqual([0, 1]);
    await one.release();
  });
});
