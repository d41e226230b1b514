import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { NotDifferentiableError, ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { cast } from "../../../src/graph/operators/logic.ts";
import { reduceMax, reduceMean, reduceSum } from "../../../src/graph/operators/reductions.ts";
import { int, type Value } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";
import { floats, runGraph } from "../run-graph.ts";

describe.each([
  ["ReduceSum", reduceSum],
  ["ReduceMean", reduceMean],
] as const)("%s", (operator, reduce) => {
  it.each(goldenCases(operator))("has PyTorch's values and gradients", checkGolden);

  describe.each([true, false])("with reduced axes kept: %j", (keep) => {
    it.each([[[0]], [[1]], [[-1]], [[0, 2]], [[-1, -2]], [[0, 1, 2]], [[]]])(
      "spreads gradients over axes %j",
      async (axes) => {
        await checkGradients((x) => reduce(x, axes, keep), [normal(2, 3, 4)]);
      },
    );

    it.each([[[0]], [[1]], [[0, 1]], [[0, 1, 2]]])(
      "holds for every batch and length, axes %j",
      async (axes) => {
        await checkGradients(
          (x) => reduce(x, axes, keep),
          [normal("batch", "length", 3)],
          [
            { batch: 1, length: 4 },
            { batch: 3, length: 2 },
          ],
        );
      },
    );
  });

  it("refuses axes that are no constants", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3]);
    expect(() => graph.node(operator, [x, graph.input("axes", "int64", [1])])).toThrow(ShapeError);
    expect(() => graph.node(operator, [x])).toThrow(ShapeError);
  });
});

describe("ReduceMax", () => {
  it("finds the largest number of each row, and no gradient can be asked for", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3]);
    const largest = reduceMax(x, [1], true);
    const results = await runGraph(graph, { largest }, { x: floats([1, 3, 2, -3, -1, -2], [2, 3]) });
    expect(results["largest"]).toEqual(floats([3, -1], [2, 1]));
    expect(() => differentiate(graph, reduceSum(largest, [0, 1]), [x])).toThrow(NotDifferentiableError);
  });
});

describe("ArgMax", () => {
  const largest = (x: Value): Value =>
    x.graph.node("ArgMax", [x], { axis: int(-1) }, [{ elementType: "int64", shape: ["batch", 1] }])[0]!;

  it("finds the largest number of each row, without a gradient", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3]);
    const results = await runGraph(graph, { best: largest(x) }, { x: floats([1, 3, 2, 0, -1, -2], [2, 3]) });
    expect(results["best"]!).toEqual({ data: BigInt64Array.of(1n, 0n), shape: [2, 1] });
    expectNoGradient((y) => cast(largest(y), "float32"), [normal("batch", 3)]);
  });

  it("needs its output type declared", () => {
    const graph = new Graph();
    expect(() => graph.node("ArgMax", [graph.input("x", "float32", [3])])).toThrow(ShapeError);
  });
});
