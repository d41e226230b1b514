import { describe, expect, it } from "vitest";
import { hasExactByteProducts } from "../../../src/graph/byte-products.ts";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import {
  dynamicQuantizeMatMul,
  gemm,
  mul,
  type QuantisedWeight,
  reduceSum,
} from "../../../src/graph/operations.ts";
import type { Value } from "../../../src/graph/value.ts";
import { createRandom, type Random } from "../../../src/numbers/random.ts";
import { floats, runGraph } from "../run-graph.ts";

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
