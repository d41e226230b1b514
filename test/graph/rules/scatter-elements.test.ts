import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { NotDifferentiableError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { mul, reduceSum, scatterElements } from "../../../src/graph/operations.ts";
import { checkGoldenOutputs, goldenCases } from "../golden-operators.ts";

describe("ScatterElements", () => {
  it.each(goldenCases("ScatterElements"))("has PyTorch's values", checkGoldenOutputs);

  it("refuses a gradient, naming operator, node and input", () => {
    const graph = new Graph();
    const data = graph.input("data", "float32", [4, 3]);
    const updates = graph.input("updates", "float32", [2, 3]);
    const loss = reduceSum(scatterElements(data, graph.input("places", "int64", [2, 3]), updates), [0, 1]);
    expect(() => differentiate(graph, loss, [data])).toThrow(NotDifferentiableError);
    expect(() => differentiate(graph, loss, [data])).toThrow(
      "input 0 of ScatterElements (node ScatterElements)",
    );
    expect(() => differentiate(graph, loss, [updates])).toThrow(
      "input 2 of ScatterElements (node ScatterElements)",
    );
  });

  it("is left alone where nothing below it is wanted", () => {
    const graph = new Graph();
    const scattered = scatterElements(
      graph.input("data", "float32", [4, 3]),
      graph.input("places", "int64", [4, 1]),
      graph.input("updates", "float32", [4, 1]),
    );
    const [gradient] = differentiate(graph, reduceSum(mul(scattered, 3), [0, 1]), [scattered]);
    expect(gradient!.type.shape).toEqual([4, 3]);
  });
});
