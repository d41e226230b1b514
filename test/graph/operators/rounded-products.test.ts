import { describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { ShapeError } from "../../../src/graph/errors.ts";
import { largestExactCode } from "../../../src/graph/exact-code.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { add, mul } from "../../../src/graph/operators/arithmetic.ts";
import { cast } from "../../../src/graph/operators/logic.ts";
import { gemm } from "../../../src/graph/operators/matrix-products.ts";
import { reduceSum } from "../../../src/graph/operators/reductions.ts";
import {
  type ByteMatrix,
  type LargestCode,
  readingProduct,
  roundedProduct,
  type SparedRounding,
} from "../../../src/graph/operators/rounded-products.ts";
import type { Value } from "../../../src/graph/value.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

const [into, out] = [64, 24];
const random = createRandom("rounded products");

interface Matrix {
  /** [out, in]. */
  readonly codes: Int8Array;
  readonly scales: Float32Array;
}

const drawMatrix = (): Matrix => ({
  codes: Int8Array.from({ length: out * into }, () => Math.round(254 * random()) - 127),
  scales: Float32Array.from({ length: out }, () => 0.001 + 0.01 * random()),
});

const drawRows = (count: number, width: number): Float32Array =>
  Float32Array.from({ length: count * width }, () => random.normal());

const machineCode = await largestExactCode();
/** As far as this machine's codes go, and less far. */
const exactCodes = ([255, 129] as const).filter((code) => code <= (machineCode ?? 0));

function byteMatrix(
  graph: Graph,
  { codes, scales }: Matrix,
  largestCode: LargestCode = machineCode ?? 255,
): ByteMatrix {
  const turned = Int8Array.from(codes, (_, at) => codes[(at % out) * into + Math.floor(at / out)]!);
  return {
    codes: graph.weight("codes", [out, into], { kind: "memory", data: codes }, "int8"),
    turned: graph.weight("turned", [into, out], { kind: "memory", data: turned }, "int8"),
    scales: graph.weight("scales", [out], { kind: "memory", data: scales }),
    largestCode,
  };
}

/** The product in 8 bits and in full, each with the gradient for x of its sum weighted by `factor`; row by row. */
async function runBoth(
  matrix: Matrix,
  x: Float32Array,
  factor: Float32Array,
  largestCode: LargestCode = machineCode ?? 255,
) {
  const graph = new Graph();
  const rows = graph.input("x", "float32", ["rows", into]);
  const factors = graph.input("factor", "float32", ["rows", out]);
  const data = Float32Array.from(matrix.codes, (code, at) => code * matrix.scales[Math.floor(at / into)]!);
  const weight = graph.weight("weight", [out, into], { kind: "memory", data });
  const rounded = roundedProduct(rows, byteMatrix(graph, matrix, largestCode));
  const exact = gemm(rows, weight, { transB: true });
  const gradient = (y: Value): Value => differentiate(graph, reduceSum(mul(y, factors), [0, 1]), [rows])[0]!;
  const outputs = { rounded, exact, ofRounded: gradient(rounded), ofExact: gradient(exact) };
  const count = x.length / into;
  const results = await runGraph(graph, outputs, {
    x: { data: x, shape: [count, into] },
    factor: { data: factor, shape: [count, out] },
  });
  return (name: keyof typeof outputs, row: number): readonly number[] => {
    const { data, shape } = results[name]!;
    return Array.from(data.slice(row * shape[1]!, (row + 1) * shape[1]!), Number);
  };
}

/** Of the numbers of one product, the most that half a step of the rounded row may change, and single precision. */
function limit(
  row: Float32Array,
  columns: readonly (readonly number[])[],
  largestCode: LargestCode,
): readonly number[] {
  const halfStep = Math.max(...row.map(Math.abs)) / (largestCode === 255 ? 254 : 128);
  return columns.map(
    (column) => 1.01 * halfStep * column.reduce((sum, one) => sum + Math.abs(one), 0) + 1e-5,
  );
}

describe("RoundedProduct", () => {
  it.each(exactCodes)(
    'is "Identity" to the runtime, and the product within half a step of each row, small rows beside large, with codes up to %d',
    async (largestCode) => {
      const matrix = drawMatrix();
      const x = drawRows(3, into).map((number, at) => number * [1, 1e-3, 1e3][Math.floor(at / into)]!);
      const result = await runBoth(matrix, x, drawRows(3, out), largestCode);
      const { codes, scales } = matrix;
      const columns = Array.from(scales, (scale, to) =>
        Array.from(codes.subarray(to * into, (to + 1) * into), (code) => code * scale),
      );
      for (const row of [0, 1, 2]) {
        const most = limit(x.subarray(row * into, (row + 1) * into), columns, largestCode);
        const exact = result("exact", row);
        for (const [at, number] of result("rounded", row).entries()) {
          expect(Math.abs(number - exact[at]!)).toBeLessThan(most[at]!);
        }
      }
    },
  );

  it.each(exactCodes)(
    "has the gradient of the product without rounding, within half a step of each row of it, with codes up to %d",
    async (largestCode) => {
      const matrix = drawMatrix();
      const factor = drawRows(2, out);
      const result = await runBoth(matrix, drawRows(2, into), factor, largestCode);
      const columns = Array.from({ length: into }, (_, from) =>
        Array.from({ length: out }, (_out, to) => matrix.codes[to * into + from]!),
      );
      for (const row of [0, 1]) {
        const scaled = Float32Array.from(matrix.scales, (scale, to) => scale * factor[row * out + to]!);
        const most = limit(scaled, columns, largestCode);
        const exact = result("ofExact", row);
        for (const [at, number] of result("ofRounded", row).entries()) {
          expect(Math.abs(number - exact[at]!)).toBeLessThan(most[at]!);
        }
      }
    },
  );

  it("does not depend on other rows", async () => {
    const matrix = drawMatrix();
    const [x, factor] = [drawRows(3, into), drawRows(3, out)];
    const together = await runBoth(matrix, x, factor);
    for (const row of [0, 1, 2]) {
      const one = (all: Float32Array, width: number) => all.slice(row * width, (row + 1) * width);
      const alone = await runBoth(matrix, one(x, into), one(factor, out));
      expect(alone("rounded", 0)).toEqual(together("rounded", row));
      expect(alone("ofRounded", 0)).toEqual(together("ofRounded", row));
    }
  });

  it("keeps rows of zeros", async () => {
    const result = await runBoth(drawMatrix(), new Float32Array(into), new Float32Array(out));
    expect(result("rounded", 0)).toEqual(new Array(out).fill(0));
    expect(result("ofRounded", 0)).toEqual(new Array(into).fill(0));
  });

  it.each([255, 129] as const)(
    "does not overflow where all numbers are the largest and codes go up to %d, or the machine is known for it",
    async (largestCode) => {
      const matrix = { codes: new Int8Array(out * into).fill(127), scales: new Float32Array(out).fill(0.01) };
      const [x, factor] = [new Float32Array(into).fill(3), new Float32Array(out).fill(1)];
      const result = await runBoth(matrix, x, factor, largestCode);
      const exact = result("exact", 0);
      const errors = result("rounded", 0).map((number, at) => Math.abs(number - exact[at]!));
      expect(Math.max(...errors) < 1e-2).toBe(exactCodes.includes(largestCode));
    },
  );

  it("refuses codes that do not fit", () => {
    const graph = new Graph();
    const matrix = byteMatrix(graph, drawMatrix());
    const x = graph.input("x", "float32", ["rows", into]);
    const { codes, turned } = matrix;
    expect(() => roundedProduct(x, { ...matrix, codes: turned, turned: codes })).toThrow(ShapeError);
    expect(() => roundedProduct(x, { ...matrix, scales: codes })).toThrow(ShapeError);
    const floating = graph.input("codes in full", "float32", [out, into]);
    expect(() => roundedProduct(x, { ...matrix, codes: floating })).toThrow(ShapeError);
  });
});

describe("A product for readings", () => {
  /** Largest distances to X·Wᵀ + b, row by row: rounded as in learning, and as `spared` has it. */
  async function distances(x: Float32Array, spared: SparedRounding) {
    const graph = new Graph();
    const rows = graph.input("x", "float32", ["rows", into]);
    const matrix = drawMatrix();
    const bias = graph.weight("bias", [out], { kind: "memory", data: drawRows(1, out) });
    const data = Float32Array.from(matrix.codes, (code, at) => code * matrix.scales[Math.floor(at / into)]!);
    const weight = graph.weight("weight", [out, into], { kind: "memory", data });
    const bytes = byteMatrix(graph, matrix);
    const outputs = {
      exact: gemm(rows, weight, { transB: true, bias }),
      learning: add(roundedProduct(rows, bytes), bias),
      reading: readingProduct(rows, bytes, bias, spared),
      sparedLearning: add(roundedProduct(rows, bytes, spared), bias),
      again: readingProduct(rows, bytes, bias, spared),
    };
    const count = x.length / into;
    const results = await runGraph(graph, outputs, { x: { data: x, shape: [count, into] } });
    const numbers = (name: keyof typeof outputs, row: number): readonly number[] =>
      Array.from(results[name]!.data.slice(row * out, (row + 1) * out), Number);
    expect(numbers("again", 0)).toEqual(numbers("reading", 0));
    for (const [at, number] of numbers("sparedLearning", 0).entries())
      expect(number).toBeCloseTo(numbers("reading", 0)[at]!, 3);
    return Array.from({ length: count }, (_, row) => {
      const exact = numbers("exact", row);
      const farthest = (name: keyof typeof outputs): number =>
        Math.max(...numbers(name, row).map((number, at) => Math.abs(number - exact[at]!)));
      return { learning: farthest("learning"), reading: farthest("reading") };
    });
  }

  it("is not coarsened by columns that are multiplied in full", async () => {
    const large = [5, 40];
    const x = drawRows(4, into).map((number, at) => (large.includes(at % into) ? 300 * number : number));
    for (const { learning, reading } of await distances(x, { fullColumns: large }))
      expect(reading).toBeLessThan(learning / 5);
  });

  it("has steps half as wide where no number is below the least", async () => {
    const x = drawRows(40, into).map((number) => Math.max(number, -0.17));
    const errors = await distances(x, { fullColumns: [], least: -0.17 });
    const total = (of: "learning" | "reading"): number => errors.reduce((sum, error) => sum + error[of], 0);
    expect(total("reading")).toBeLessThan(0.75 * total("learning"));
  });

  it("does both", async () => {
    const x = drawRows(4, into).map((number, at) => (at % into === 7 ? 300 : Math.max(number, 0)));
    for (const { learning, reading } of await distances(x, { fullColumns: [7], least: 0 }))
      expect(reading).toBeLessThan(learning / 10);
  });

  it("refuses codes that do not fit", () => {
    const graph = new Graph();
    const matrix = byteMatrix(graph, drawMatrix());
    const x = graph.input("x", "float32", ["rows", into]);
    expect(() =>
      readingProduct(x, { ...matrix, scales: matrix.codes }, matrix.scales, { fullColumns: [] }),
    ).toThrow(ShapeError);
  });
});

describe("What rounds", () => {
  const node = (operator: string, inputs: readonly Value[]): Value =>
    inputs[0]!.graph.node(operator, inputs)[0]!;
  const constants = (graph: Value["graph"]) =>
    [graph.scalar(0.5), graph.constant(Uint8Array.of(128), [])] as const;
  const round = (x: Value): Value => node("QuantizeLinear", [x, ...constants(x.graph)]);

  it("is a number of steps from 128 on, without a gradient", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4]);
    const results = await runGraph(graph, { y: cast(round(x), "int64") }, { x: floats([0, 0.6, -2, -99]) });
    expect(Array.from(results["y"]!.data, Number)).toEqual([128, 129, 124, 0]);
    expectNoGradient((y) => cast(round(y), "float32"), [normal("batch", 3)]);
  });

  it('multiplies by "MatMulIntegerToFloat", which no gradient meets', async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [1, 2]);
    const [scale, zero] = constants(graph);
    const codes = graph.weight("codes", [2, 1], { kind: "memory", data: Int8Array.of(3, -5) }, "int8");
    const y = node("MatMulIntegerToFloat", [round(x), codes, scale, graph.scalar(2), zero]);
    expect(y.type.shape).toEqual([1, 1]);
    const results = await runGraph(graph, { y }, { x: floats([1, 2], [1, 2]) });
    expect(Array.from(results["y"]!.data, Number)).toEqual([2 * (3 - 10)]);
  });
});
