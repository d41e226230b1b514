import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { gemm, matMul } from "../../../src/graph/operators/matrix-products.ts";
import { transposeMatrix } from "../../../src/graph/operators/views.ts";
import { float } from "../../../src/graph/value.ts";
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

const transpositions = [
  { transA: false, transB: false },
  { transA: false, transB: true },
  { transA: true, transB: false },
  { transA: true, transB: true },
];

describe("Gemm", () => {
  it.each(goldenCases("Gemm"))("has PyTorch's values and gradients: $note", checkGolden);

  describe.each(transpositions)("with transA $transA and transB $transB", ({ transA, transB }) => {
    const left = transA ? normal(4, 3) : normal(3, 4);
    const right = transB ? normal(2, 4) : normal(4, 2);

    it.each([[[2]], [[3, 2]], [[3, 1]], [[1, 2]], [[1]], [[]]])("adds a bias of shape %j", async (shape) => {
      await checkGradients(
        (a, b, bias) => gemm(a, b, { transA, transB, bias }),
        [left, right, normal(...shape)],
      );
    });

    it("holds for every number of rows, and without a bias", async () => {
      const rows = transA ? normal(4, "rows") : normal("rows", 4);
      await checkGradients(
        (a, b) => gemm(a, b, { transA, transB }),
        [rows, right],
        [{ rows: 1 }, { rows: 6 }],
      );
    });
  });

  it("multiplies a matrix by itself", async () => {
    await checkGradients((x) => gemm(x, x, { transB: true }), [normal(3, 2)]);
  });

  it("refuses sides that do not meet, other ranks, and a bias that does not fit", () => {
    const graph = new Graph();
    const a = graph.input("a", "float32", ["rows", 4]);
    const b = graph.input("b", "float32", [4, 2]);
    expect(() => gemm(a, b, { transB: true })).toThrow(ShapeError);
    expect(() => gemm(a, b, { transA: true })).toThrow(ShapeError);
    expect(() => gemm(graph.input("cube", "float32", [3, 4, 5]), b)).toThrow(ShapeError);
    expect(() => gemm(a, b, { bias: graph.input("bias", "float32", [3]) })).toThrow(ShapeError);
    expect(() => gemm(a, b, { bias: graph.input("wide", "float32", [5, "rows", 2]) })).toThrow(ShapeError);
  });

  it("refuses scale factors, which its rule does not know", () => {
    const graph = new Graph();
    const a = graph.input("a", "float32", [2, 2]);
    expect(() => graph.node("Gemm", [a, a], { alpha: float(0.5) })).toThrow(ShapeError);
  });
});
