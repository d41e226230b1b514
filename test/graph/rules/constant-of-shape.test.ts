import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { zeros } from "../../../src/graph/operations.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

describe("ConstantOfShape", () => {
  it("is zeros of a shape known at run time, without a gradient", async () => {
    const graph = new Graph();
    graph.input("x", "float32", ["batch", 2]);
    const results = await runGraph(
      graph,
      { none: zeros(graph, [2, "batch"]) },
      { x: floats([1, 2, 3, 4, 5, 6], [3, 2]) },
    );
    expect(results["none"]!).toEqual({ data: new Float32Array(6), shape: [2, 3] });
    expectNoGradient((y) => zeros(y.graph, ["batch", 4]), [normal("batch", 3)]);
  });

  it("needs its output type declared", () => {
    const graph = new Graph();
    expect(() => graph.node("ConstantOfShape", [graph.integers([3])])).toThrow(ShapeError);
  });
});
