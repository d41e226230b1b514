import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { gemm } from "../../../src/graph/operations.ts";
import { float } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

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
