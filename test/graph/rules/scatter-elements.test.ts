import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { NotDifferentiableError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { mul, reduceSum, scatterElements, scatterRows, zeros } from "../../../src/graph/operations.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { checkGoldenOutputs, goldenCases } from "../golden-operators.ts";
import { integers, runGraph } from "../run-graph.ts";

describe("ScatterElements", () => {
  it.each(goldenCases("ScatterElements"))("has PyTorch's values", checkGoldenOutputs);

  it("loses no row where several threads add thousands of rows to a few", async () => {
    const [updates, rows, width] = [2048, 50, 384];
    const random = createRandom("scatter");
    const places = Array.from({ length: updates }, () => random.integer(rows));
    const numbers = Float32Array.from({ length: updates * width }, () => random.normal());
    const expected = new Float64Array(rows * width);
    numbers.forEach((number, i) => {
      expected[places[Math.floor(i / width)]! * width + (i % width)]! += number;
    });
    const graph = new Graph();
    const given = graph.input("given", "float32", [updates, width]);
    const sum = scatterRows(zeros(graph, [rows, width]), graph.input("places", "int64", [updates]), given);
    const feeds = { given: { data: numbers, shape: [updates, width] }, places: integers(places) };
    const results = await runGraph(graph, { sum }, feeds, 4);
    const worst = expected.reduce(
      (most, number, i) => Math.max(most, Math.abs(number - Number(results["sum"]!.data[i]))),
      0,
    );
    expect(worst).toBeLessThan(1e-4);
  });

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
