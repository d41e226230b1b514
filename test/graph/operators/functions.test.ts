import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { abs, clip, erf, exp, log, sign, sqrt } from "../../../src/graph/operators/functions.ts";
import { reduceSum } from "../../../src/graph/operators/reductions.ts";
import { checkGradients } from "../check-gradients.ts";
import { describeUnary } from "../describe-unary.ts";
import { awayFrom, between, normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";
import { floats, runGraph } from "../run-graph.ts";

describeUnary([
  ["Abs", abs, (...shape) => awayFrom(0, ...shape)],
  ["Sqrt", sqrt, (...shape) => between(0.3, 4, ...shape)],
  ["Exp", exp, normal],
  ["Log", log, (...shape) => between(0.3, 4, ...shape)],
  ["Erf", erf, normal],
]);

describe("Sign", () => {
  it("is -1, 0 or 1, without a gradient", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [3]);
    const results = await runGraph(graph, { signs: sign(x) }, { x: floats([-2, 0, 0.1]) });
    expect([...results["signs"]!.data]).toEqual([-1, 0, 1]);
    expectNoGradient(sign, [normal("batch", 3)]);
  });
});

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
