import { describe, expect, it } from "vitest";
import { Graph } from "../../../src/graph/graph.ts";
import { cast, greater, not } from "../../../src/graph/operations.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

describe("Not", () => {
  it("turns a truth value round, without a gradient", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2]);
    const results = await runGraph(
      graph,
      { round: cast(not(greater(x, 0)), "float32") },
      { x: floats([-1, 1]) },
    );
    expect([...results["round"]!.data]).toEqual([1, 0]);
    expectNoGradient((y) => cast(not(greater(y, 0)), "float32"), [normal("batch", 3)]);
  });
});
