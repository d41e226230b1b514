import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { matMul, transposeMatrix } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("MatMul", () => {
  it.each(goldenCases("MatMul"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { note: "matrices", left: [3, 4], right: [4, 5] },
    { note: "one row, one column", left: [1, 4], right: [4, 1] },
    { note: "one batch axis", left: [2, 3, 4], right: [2, 4, 5] },
    { note: "two batch axes", left: [2, 3, 2, 4], right: [2, 3, 4, 2] },
    { note: "shared right side", left: [2, 2, 3, 4], right: [4, 5] },
    { note: "shared left side", left: [3, 4], right: [2, 4, 5] },
    { note: "repeated batch axes on both sides", left: [2, 1, 3, 4], right: [1, 3, 4, 2] },
    { note: "new and repeated axes", left: [1, 3, 4], right: [2, 2, 4, 2] },
  ])("has the slope of its values: $note", async ({ left, right }) => {
    await checkGradients(matMul, [normal(...left), normal(...right)]);
  });

  it("holds for every batch and length", async () => {
    const extents = [
      { batch: 1, length: 4 },
      { batch: 3, length: 2 },
    ];
    await checkGradients(matMul, [normal("batch", "length", 3), normal(3, 2)], extents);
    await checkGradients(matMul, [normal("batch", 2, "length", 3), normal("batch", 2, 3, "length")], extents);
    await checkGradients(matMul, [normal(2, "length", 3), normal("batch", 2, 3, 2)], extents);
  });

  it("multiplies a value by its own transpose", async () => {
    await checkGradients((x) => matMul(x, transposeMatrix(x)), [normal(3, 2)]);
  });

  it("refuses sides that do not meet, and vectors", () => {
    const graph = new Graph();
    const left = graph.input("left", "float32", ["length", 3]);
    expect(() => matMul(left, graph.input("right", "float32", [4, 2]))).toThrow(ShapeError);
    expect(() => matMul(left, graph.input("vector", "float32", [3]))).toThrow(ShapeError);
    const batched = graph.input("batched", "float32", [2, 5, 3]);
    expect(() => matMul(batched, graph.input("others", "float32", [3, 3, 2]))).toThrow(ShapeError);
  });
});
