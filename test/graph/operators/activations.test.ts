import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { NotDifferentiableError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import {
  gelu,
  hardSigmoid,
  relu,
  sigmoid,
  softplus,
  tanh,
} from "../../../src/graph/operators/activations.ts";
import { sumOf } from "../check-gradients.ts";
import { describeUnary } from "../describe-unary.ts";
import { awayFrom, between, normal } from "../draw-inputs.ts";
import { checkGoldenOutputs, goldenCases } from "../golden-operators.ts";
import { floats, runGraph } from "../run-graph.ts";

describeUnary([
  ["Tanh", tanh, normal],
  ["Sigmoid", sigmoid, (...shape) => between(-6, 6, ...shape)],
  ["Softplus", softplus, (...shape) => between(-6, 6, ...shape)],
  ["Relu", relu, (...shape) => awayFrom(0, ...shape)],
  ["Gelu", gelu, (...shape) => between(-4, 4, ...shape)],
]);

describe("Gelu", () => {
  it("has the slopes 0 and 1 far out, where the exponential overflows", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4]);
    const [slope] = differentiate(graph, sumOf(gelu(x)), [x]);
    const results = await runGraph(graph, { slope: slope! }, { x: floats([-1e4, -20, 20, 1e4]) });
    expect([...results["slope"]!.data].map((number) => Math.abs(Number(number)))).toEqual([0, 0, 1, 1]);
  });
});

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
