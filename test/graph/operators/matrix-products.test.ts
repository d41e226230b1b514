import { describe, expect, it } from "vitest";
import { hasExactByteProducts } from "../../../src/graph/byte-products.ts";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { mul } from "../../../src/graph/operators/arithmetic.ts";
import {
  dynamicQuantizeMatMul,
  gemm,
  matMul,
  type QuantisedWeight,
} from "../../../src/graph/operators/matrix-products.ts";
import { reduceSum } from "../../../src/graph/operators/reductions.ts";
import { transposeMatrix } from "../../../src/graph/operators/views.ts";
import { float, type Value } from "../../../src/graph/value.ts";
import { createRandom, type Random } from "../../../src/numbers/random.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";
import { floats, runGraph } from "../run-graph.ts";

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

const [into, out] = [64, 24];

interface Matrix {
  /** [out, in]. */
  readonly codes: Int8Array;
  readonly scales: Float32Array;
}

function drawMatrix(random: Random): Matrix {
  return {
    codes: Int8Array.from({ length: out * into }, () => Math.round(254 * random()) - 127),
    scales: Float32Array.from({ length: out }, () => 0.001 + 0.01 * random()),
  };
}

function weightOf(graph: Graph, { codes, scales }: Matrix): QuantisedWeight {
  const turned = Int8Array.from(codes, (_, at) => codes[(at % out) * into + Math.floor(at / out)]!);
  const data = Float32Array.from(codes, (code, at) => code * scales[Math.floor(at / into)]!);
  return {
    weight: graph.weight("weight", [out, into], { kind: "memory", data }),
    codes: graph.weight("codes", [into, out], { kind: "memory", data: turned }, "int8"),
    scales: graph.weight("scales", [out], { kind: "memory", data: scales }),
  };
}

/** The product in 8 bits and in full, each with the gradient for x of its sum weighted by `factor`. */
async function runBoth(matrix: Matrix, x: Float32Array, factor: Float32Array) {
  const graph = new Graph();
  const rows = graph.input("x", "float32", ["rows", into]);
  const bias = graph.constant(new Float32Array(out).fill(0.5), [out]);
  const factors = graph.input("factor", "float32", ["rows", out]);
  const weight = weightOf(graph, matrix);
  const rounded = dynamicQuantizeMatMul(rows, weight, bias);
  const exact = gemm(rows, weight.weight, { transB: true, bias });
  const gradient = (y: Value): Value => differentiate(graph, reduceSum(mul(y, factors), [0, 1]), [rows])[0]!;
  const outputs = { rounded, exact, ofRounded: gradient(rounded), ofExact: gradient(exact) };
  const count = x.length / into;
  const results = await runGraph(graph, outputs, {
    x: { data: x, shape: [count, into] },
    factor: floats([...factor], [count, out]),
  });
  return (name: keyof typeof outputs): readonly number[] => Array.from(results[name]!.data, Number);
}

/** Half a step of x in 8 bits, times the sum of each row of the weight; and what single precision adds. */
function bounds({ codes, scales }: Matrix, x: Float32Array): readonly number[] {
  const step = (Math.max(0, ...x) - Math.min(0, ...x)) / 255;
  return Array.from(scales, (scale, row) => {
    const sum = codes
      .subarray(row * into, (row + 1) * into)
      .reduce((total, code) => total + Math.abs(code), 0);
    return 0.51 * step * scale * sum + 1e-4;
  });
}

describe("DynamicQuantizeMatMul", () => {
  const random = createRandom("dynamic quantisation");

  it("is the product within half a step of its rows' range", async () => {
    const matrix = drawMatrix(random);
    const x = Float32Array.from({ length: 5 * into }, () => random.normal());
    const result = await runBoth(matrix, x, new Float32Array(5 * out).fill(1));
    const limit = bounds(matrix, x);
    for (const [at, number] of result("rounded").entries()) {
      expect(Math.abs(number - result("exact")[at]!)).toBeLessThan(limit[at % out]!);
    }
  });

  it("does not overflow where all numbers are the largest, or the machine is known for it", async () => {
    const matrix = { codes: new Int8Array(out * into).fill(127), scales: new Float32Array(out).fill(0.01) };
    const x = new Float32Array(2 * into).fill(3);
    const result = await runBoth(matrix, x, new Float32Array(2 * out).fill(1));
    const errors = result("rounded").map((number, at) => Math.abs(number - result("exact")[at]!));
    expect(Math.max(...errors) < 1e-2).toBe(await hasExactByteProducts());
  });

  it("has the gradient of the product without rounding", async () => {
    const x = Float32Array.from({ length: 3 * into }, () => random.normal());
    const factor = Float32Array.from({ length: 3 * out }, () => random.normal());
    const result = await runBoth(drawMatrix(random), x, factor);
    expect(result("ofRounded")).toEqual(result("ofExact"));
  });

  it("refuses codes that do not fit the weight", () => {
    const graph = new Graph();
    const weight = weightOf(graph, drawMatrix(random));
    const bias = graph.constant(new Float32Array(out), [out]);
    const x = graph.input("x", "float32", ["rows", into]);
    expect(() => dynamicQuantizeMatMul(x, { ...weight, codes: weight.weight }, bias)).toThrow(ShapeError);
    expect(() => dynamicQuantizeMatMul(x, weight, weight.codes)).toThrow(ShapeError);
  });
});
