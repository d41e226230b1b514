import { describe, expect, it } from "vitest";
import { Graph } from "../../../src/graph/graph.ts";
import { sign } from "../../../src/graph/operations.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

describe("Sign", () => {
  it("is -1, 0 or 1, without a gradient", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [3]);
    const results = await runGraph(graph, { signs: sign(x) }, { x: floats([-2, 0, 0.1]) });
    expect([...results["signs"]!.data]).toEqual([-1, 0, 1]);
    expectNoGradient(sign, [normal("batch", 3)]);
  });
});
