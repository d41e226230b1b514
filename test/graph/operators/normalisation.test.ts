import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { NotDifferentiableError, ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { layerNormalization, logSoftmax, softmax } from "../../../src/graph/operators/normalisation.ts";
import { reduceSum } from "../../../src/graph/operators/reductions.ts";
import { float, int, type Value } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe.each([
  ["Softmax", softmax],
  ["LogSoftmax", logSoftmax],
] as const)("%s", (operator, operation) => {
  it.each(goldenCases(operator))("has PyTorch's values and gradients", checkGolden);

  it.each([[[5]], [[3, 1]], [[2, 3, 4]]])("has the slope of its values in shape %j", async (shape) => {
    await checkGradients(operation, [normal(...shape)]);
  });

  it("holds for every batch and length, the softened axis included", async () => {
    await checkGradients(
      operation,
      [normal("batch", 2, "length")],
      [
        { batch: 1, length: 6 },
        { batch: 3, length: 2 },
      ],
    );
  });

  it("knows the last axis only", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3]);
    expect(() => graph.node(operator, [x], { axis: int(0) })).toThrow(ShapeError);
    expect(graph.node(operator, [x], { axis: int(1) })[0]!.type.shape).toEqual([2, 3]);
  });
});

const epsilon = 1e-5;
const normalized = (x: Value, scale: Value, bias: Value): Value =>
  layerNormalization(x, scale, bias, epsilon);

describe("LayerNormalization", () => {
  it.each(goldenCases("LayerNormalization"))("has PyTorch's values and gradients", checkGolden);

  it.each([[[6]], [[3, 6]], [[2, 3, 6]]])("has the slope of its values in shape %j", async (shape) => {
    await checkGradients(normalized, [normal(...shape), normal(6), normal(6)]);
  });

  it("holds for every batch and length", async () => {
    await checkGradients(
      normalized,
      [normal("batch", "length", 5), normal(5), normal(5)],
      [
        { batch: 1, length: 4 },
        { batch: 3, length: 2 },
      ],
    );
  });

  it("gives no gradient through its statistics, rather than a wrong one", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 4]);
    const scale = graph.input("scale", "float32", [4]);
    const [, mean] = graph.node("LayerNormalization", [x, scale, scale], {
      axis: int(-1),
      epsilon: float(epsilon),
    });
    expect(() => differentiate(graph, reduceSum(mean!, [0, 1]), [x])).toThrow(NotDifferentiableError);
  });

  it("knows the last axis only, and scales of its extent", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4, 4]);
    const scale = graph.input("scale", "float32", [4]);
    expect(() => graph.node("LayerNormalization", [x, scale, scale], { axis: int(0) })).toThrow(ShapeError);
    expect(() => normalized(x, graph.input("short", "float32", [3]), scale)).toThrow(ShapeError);
    expect(() => normalized(x, scale, graph.input("matrix", "float32", [4, 4]))).toThrow(ShapeError);
  });
});
