import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { NotDifferentiableError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { hardSigmoid } from "../../../src/graph/operations.ts";
import { sumOf } from "../check-gradients.ts";
import { checkGoldenOutputs, goldenCases } from "../golden-operators.ts";
import { floats, runGraph } from "../run-graph.ts";

describe("HardSigmoid", () => {
  it.each(goldenCases("HardSigmoid"))("has PyTorch's values", checkGoldenOutputs);

  it("scales and shifts within its limits", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4]);
    const { y } = await runGraph(
      graph,
      { y: hardSigmoid(x, 0.5, 0.5) },
      { x: floats([-3, -0.5, 1, 2], [4]) },
    );
    expect([...y!.data]).toEqual([0, 0.25, 1, 1]);
  });

  it("refuses a gradient: it appears in backward passes only", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4]);
    expect(() => differentiate(graph, sumOf(hardSigmoid(x, 0.5, 0.5)), [x])).toThrow(NotDifferentiableError);
  });
});
