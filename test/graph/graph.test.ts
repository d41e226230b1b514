import { describe, expect, it } from "vitest";
import { ShapeError } from "../../src/graph/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { add, mul } from "../../src/graph/operators/arithmetic.ts";
import { exp } from "../../src/graph/operators/functions.ts";
import { softmax } from "../../src/graph/operators/normalisation.ts";
import { floats, runGraph } from "./run-graph.ts";

describe("Graph", () => {
  it("shares nodes that repeat an earlier one", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3]);
    expect(exp(x)).toBe(exp(x));
    expect(add(exp(x), 1)).toBe(add(exp(x), 1));
    expect(graph.nodes.map((node) => node.operator)).toEqual(["Exp", "Add"]);
  });

  it("does not share nodes that differ in inputs, their order, or attributes", () => {
    const graph = new Graph();
    const [x, y] = [graph.input("x", "float32", [3]), graph.input("y", "float32", [3])];
    expect(exp(x)).not.toBe(exp(y));
    expect(mul(x, y)).not.toBe(mul(y, x));
    expect(softmax(x)).not.toBe(graph.node("Softmax", [x], { axis: { kind: "int", value: 0 } })[0]);
  });

  it("gives every value a name of its own", () => {
    const graph = new Graph();
    graph.input("Exp_1", "float32", [1]);
    const inputs = ["x", "x", "x_1", "x"].map((name) => graph.input(name, "float32", [1]));
    const values = [...graph.inputs, ...inputs.map(exp), graph.scalar(1), graph.scalar(2)];
    const names = values.map(({ name }) => name);
    expect(new Set(names).size).toBe(graph.inputs.length + inputs.length + 2);
  });

  it("keeps its nodes in an order in which inputs come first", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [3]);
    softmax(add(exp(x), mul(x, 2)));
    const seen = new Set(graph.inputs);
    for (const { inputs, outputs } of graph.nodes) {
      expect(inputs.every((input) => input?.origin.kind !== "node" || seen.has(input))).toBe(true);
      for (const output of outputs) {
        seen.add(output);
      }
    }
  });

  it("shares small constants of equal type, shape and numbers", () => {
    const graph = new Graph();
    expect(graph.scalar(2)).toBe(graph.scalar(2));
    expect(graph.integers([1, 2])).toBe(graph.integers([1, 2]));
    expect(graph.constant(Float32Array.of(1), [1])).not.toBe(graph.scalar(1));
    expect(graph.constant(Int32Array.of(1), [1])).not.toBe(graph.integers([1]));
    const large = new Float32Array(1000);
    expect(graph.constant(large, [1000])).not.toBe(graph.constant(large, [1000]));
  });

  it("tells zero from minus zero", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [1]);
    const outputs = { up: mul(x, graph.scalar(0)), down: mul(x, graph.scalar(-0)) };
    const results = await runGraph(graph, outputs, { x: floats([1]) });
    expect(results["up"]!.data[0]).toBe(0);
    expect(results["down"]!.data[0]).toBe(-0);
  });

  it("refuses constants and weights that do not fill their shape", () => {
    const graph = new Graph();
    expect(() => graph.constant(new Float32Array(5), [2, 3])).toThrow(ShapeError);
    const memory = { kind: "memory", data: new Float32Array(5) } as const;
    expect(() => graph.weight("w", [2, 3], memory)).toThrow(
      "Weight w of [2, 3]: 6 numbers expected, 5 given.",
    );
    const file = { kind: "file", location: "w", offsetBytes: 0, lengthBytes: 20 } as const;
    expect(() => graph.weight("w", [2, 3], file)).toThrow(ShapeError);
  });

  it("computes shapes with unknowns when it runs", async () => {
    const graph = new Graph();
    graph.input("x", "float32", ["batch", "length", 2]);
    const shape = graph.runtimeShape(["batch*length", "2*length+3", 7, "batch*batch+-1"]);
    const results = await runGraph(graph, { shape }, { x: floats(new Array(30).fill(0), [3, 5, 2]) });
    expect(results["shape"]!.data).toEqual(BigInt64Array.of(15n, 13n, 7n, 8n));
  });

  it("refuses a shape with an unknown that no input shows", () => {
    const graph = new Graph();
    graph.input("x", "float32", ["batch"]);
    expect(() => graph.runtimeShape(["batch", "length"])).toThrow("no input has length");
  });
});
