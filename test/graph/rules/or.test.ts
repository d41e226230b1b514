import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { cast, greater, or } from "../../../src/graph/operations.ts";
import type { Value } from "../../../src/graph/value.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

describe("Or", () => {
  it("is true where either is, broadcast, without a gradient", async () => {
    const graph = new Graph();
    const [x, y] = [graph.input("x", "float32", [4]), graph.input("y", "float32", [1])];
    const either = cast(or(greater(x, 1), greater(y, x)), "float32");
    const results = await runGraph(graph, { either }, { x: floats([-1, 0, 1, 2]), y: floats([0]) });
    expect([...results["either"]!.data]).toEqual([1, 0, 0, 1]);
    expectNoGradient(
      (a, b) => cast(or(greater(a, 0), greater(b, 0)), "float32"),
      [normal("batch", 3), normal(3)],
    );
  });

  it("refuses extents that neither agree nor are 1", () => {
    const graph = new Graph();
    const condition = (extent: number): Value => cast(graph.input("x", "int64", [extent]), "bool");
    expect(() => or(condition(2), condition(3))).toThrow(ShapeError);
  });
});
