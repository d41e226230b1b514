import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { cast, equal } from "../../../src/graph/operations.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

describe("Equal", () => {
  it("compares with a number and with a broadcast row", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3]);
    const row = graph.input("row", "float32", [3]);
    const outputs = { "to number": cast(equal(x, 1), "float32"), "to row": cast(equal(x, row), "float32") };
    const feeds = { x: floats([0, 1, 2], [1, 3]), row: floats([1, 1, 1]) };
    const results = await runGraph(graph, outputs, feeds);
    expect([...results["to number"]!.data]).toEqual([0, 1, 0]);
    expect([...results["to row"]!.data]).toEqual([0, 1, 0]);
  });

  it("gives truth values without a gradient", () => {
    const graph = new Graph();
    expect(equal(graph.input("x", "float32", [2]), 0).type).toEqual({ elementType: "bool", shape: [2] });
    expectNoGradient((x, y) => cast(equal(x, y), "float32"), [normal("batch", 3), normal(3)]);
  });

  it("refuses extents that neither agree nor are 1", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3]);
    expect(() => equal(x, graph.input("y", "float32", [2]))).toThrow(ShapeError);
  });
});
