import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { clip, reduceSum } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { awayFrom } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";
import { floats, runGraph } from "../run-graph.ts";

describe("Clip", () => {
  it.each(goldenCases("Clip"))("has PyTorch's values and gradients", checkGolden);

  it("passes gradients within its limits only", async () => {
    await checkGradients((x) => clip(x, -0.5, 10), [awayFrom(-0.5, 3, 4)]);
    await checkGradients((x) => clip(x, -10, 0.8), [awayFrom(0.8, "batch", 4)], [{ batch: 2 }, { batch: 5 }]);
  });

  it("passes the gradient at the limits themselves", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4]);
    const [gradient] = differentiate(graph, reduceSum(clip(x, -1, 1), [0]), [x]);
    const { slope } = await runGraph(graph, { slope: gradient! }, { x: floats([-1, 1, -1.5, 1.5]) });
    expect([...slope!.data]).toEqual([1, 1, 0, 0]);
  });
});
