import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { cast } from "../../../src/graph/operations.ts";
import type { Value } from "../../../src/graph/value.ts";
import { int } from "../../../src/graph/value.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

describe("ArgMax", () => {
  const largest = (x: Value): Value =>
    x.graph.node("ArgMax", [x], { axis: int(-1) }, [{ elementType: "int64", shape: ["batch", 1] }])[0]!;

  it("finds the largest number of each row, without a gradient", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3]);
    const results = await runGraph(graph, { best: largest(x) }, { x: floats([1, 3, 2, 0, -1, -2], [2, 3]) });
    expect(results["best"]!).toEqual({ data: BigInt64Array.of(1n, 0n), shape: [2, 1] });
    expectNoGradient((y) => cast(largest(y), "float32"), [normal("batch", 3)]);
  });

  it("needs its output type declared", () => {
    const graph = new Graph();
    expect(() => graph.node("ArgMax", [graph.input("x", "float32", [3])])).toThrow(ShapeError);
  });
});
