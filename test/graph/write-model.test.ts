import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import onnxProto from "onnx-proto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { multiplyDimensions } from "../../src/graph/dimension.ts";
import { Graph } from "../../src/graph/graph.ts";
import { tanh } from "../../src/graph/operators/activations.ts";
import { add, mul } from "../../src/graph/operators/arithmetic.ts";
import { clip, exp } from "../../src/graph/operators/functions.ts";
import { matMul } from "../../src/graph/operators/matrix-products.ts";
import { layerNormalization } from "../../src/graph/operators/normalisation.ts";
import { reshape } from "../../src/graph/operators/views.ts";
import { GraphSession } from "../../src/graph/session.ts";
import { int, type Value } from "../../src/graph/value.ts";
import { writeModel } from "../../src/graph/write-model.ts";
import { floats, runGraph } from "./run-graph.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "idiolect-graph-"));
});
afterAll(() => rm(folder, { recursive: true }));

const written = (bytes: Uint8Array) => onnxProto.onnx.ModelProto.decode(bytes).graph!;

describe("writeModel", () => {
  it("writes only what the outputs need", () => {
    const graph = new Graph();
    const [x, y] = [graph.input("x", "float32", ["batch"]), graph.input("y", "float32", ["batch"])];
    const sum = add(x, 2);
    exp(mul(y, 3));
    const model = written(writeModel(graph, { sum }));
    expect(model.input!.map(({ name }) => name)).toEqual(["x"]);
    const both = written(writeModel(graph, { sum, other: add(y, x) }));
    expect(both.input!.map(({ name }) => name)).toEqual(["x", "y"]);
    expect(model.node!.map(({ opType }) => opType)).toEqual(["Add", "Identity"]);
    expect(model.initializer!.length).toBe(1);
  });

  it("leaves out further outputs of an operator that nobody reads", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 4]);
    const scale = graph.input("scale", "float32", [4]);
    const [y, , inverse] = graph.node("LayerNormalization", [x, scale, scale], { axis: int(-1) });
    const outputsOf = (outputs: Record<string, Value>) =>
      written(writeModel(graph, outputs)).node![0]!.output!.map((name) => name !== "");
    expect(outputsOf({ y: y! })).toEqual([true]);
    expect(outputsOf({ inverse: inverse! })).toEqual([true, false, true]);
  });

  it("names outputs by their keys, and dimensions by their names", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3]);
    const model = written(writeModel(graph, { result: exp(x) }));
    expect(model.output!.map(({ name }) => name)).toEqual(["result"]);
    const { dim } = model.output![0]!.type!.tensorType!.shape!;
    expect(dim![0]!.dimParam).toBe("batch");
    expect(Number(dim![1]!.dimValue)).toBe(3);
  });

  it("names the extents of what stands between operators, computed ones too", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", "length", 4]);
    const rows = reshape(x, [multiplyDimensions("batch", "length"), 4]);
    exp(mul(rows, 2));
    const { valueInfo, node } = written(writeModel(graph, { result: exp(rows) }));
    const shapes = valueInfo!.map(({ name, type }) => {
      const extents = type!.tensorType!.shape!.dim!.map((one) => one.dimParam || Number(one.dimValue));
      return [name, extents];
    });
    const own = node!.slice(0, -1).flatMap(({ output }) => output!);
    expect(shapes.map(([name]) => name)).toEqual(own);
    expect(shapes).toContainEqual([rows.name, ["batch*length", 4]]);
  });

  it("gives one value under two names, and inputs and constants as outputs", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2]);
    const outputs = { first: exp(x), second: exp(x), given: x, two: graph.integers([2]) };
    const results = await runGraph(graph, outputs, { x: floats([0, 1]) });
    expect(results["first"]!.data).toEqual(results["second"]!.data);
    expect([...results["given"]!.data]).toEqual([0, 1]);
    expect([...results["two"]!.data]).toEqual([2n]);
  });

  it("writes every kind of attribute and constant so that it runs", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [1, 2]);
    const one = graph.constant(Float32Array.of(1, 1), [2]);
    const weight = graph.weight("w", [2, 1], { kind: "memory", data: Float32Array.of(1, -1) });
    const result = clip(matMul(layerNormalization(x, one, one, 1e-5), weight), -1, 1);
    const results = await runGraph(graph, { result }, { x: floats([5, 3], [1, 2]) });
    expect([...results["result"]!.data]).toEqual([1]);
  });

  it("writes a part of a larger buffer as that part", async () => {
    const graph = new Graph();
    const data = Float32Array.of(9, 9, 1, 2, 9).subarray(2, 4);
    const weight = graph.weight("w", [2], { kind: "memory", data });
    const results = await runGraph(
      graph,
      { sum: add(graph.input("x", "float32", [2]), weight) },
      { x: floats([0, 0]) },
    );
    expect([...results["sum"]!.data]).toEqual([1, 2]);
  });

  it("reads weights from a file", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 2]);
    const matrix = { kind: "file", location: "weights.bin", offsetBytes: 16, lengthBytes: 16 } as const;
    const row = { kind: "file", location: "weights.bin", offsetBytes: 8, lengthBytes: 8 } as const;
    const y = add(matMul(x, graph.weight("matrix", [2, 2], matrix)), graph.weight("row", [2], row));
    const numbers = Float32Array.of(0, 0, 10, 20, 1, 2, 3, 4);
    await writeFile(join(folder, "weights.bin"), new Uint8Array(numbers.buffer));
    const bytes = writeModel(graph, { y: tanh(y), plain: y });
    expect(written(bytes).initializer!.every(({ rawData }) => (rawData?.length ?? 0) === 0)).toBe(true);
    const session = await GraphSession.create(bytes, { threads: 1, weightsFolder: folder });
    const results = await session.run({ x: floats([1, 1, 0, 2], [2, 2]) });
    expect([...results["plain"]!.data]).toEqual([14, 26, 16, 28]);
    await session.release();
  });
});
