import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { gelu } from "../../../src/graph/operations.ts";
import { checkGradients, sumOf } from "../check-gradients.ts";
import { between } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";
import { floats, runGraph } from "../run-graph.ts";

describe("Gelu", () => {
  it.each(goldenCases("Gelu"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([[[]], [[7]], [[2, 3, 4]]])("has the slope of its values in shape %j", async (shape) => {
    await checkGradients(gelu, [between(-4, 4, ...shape)]);
  });

  it("has the slopes 0 and 1 far out, where the exponential overflows", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4]);
    const [slope] = differentiate(graph, sumOf(gelu(x)), [x]);
    const results = await runGraph(graph, { slope: slope! }, { x: floats([-1e4, -20, 20, 1e4]) });
    expect([...results["slope"]!.data].map((number) => Math.abs(Number(number)))).toEqual([0, 0, 1, 1]);
  });

  it("holds for every batch and length", async () => {
    await checkGradients(
      gelu,
      [between(-4, 4, "batch", "length", 3)],
      [
        { batch: 1, length: 5 },
        { batch: 4, length: 2 },
      ],
    );
  });
});
