import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { zeros } from "../../../src/graph/operators/constants.ts";
import { cast } from "../../../src/graph/operators/logic.ts";
import { reshape } from "../../../src/graph/operators/views.ts";
import { int, type Value } from "../../../src/graph/value.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

describe("ConstantOfShape", () => {
  it("is zeros of a shape known at run time, without a gradient", async () => {
    const graph = new Graph();
    graph.input("x", "float32", ["batch", 2]);
    const results = await runGraph(
      graph,
      { none: zeros(graph, [2, "batch"]) },
      { x: floats([1, 2, 3, 4, 5, 6], [3, 2]) },
    );
    expect(results["none"]!).toEqual({ data: new Float32Array(6), shape: [2, 3] });
    expectNoGradient((y) => zeros(y.graph, ["batch", 4]), [normal("batch", 3)]);
  });

  it("needs its output type declared", () => {
    const graph = new Graph();
    expect(() => graph.node("ConstantOfShape", [graph.integers([3])])).toThrow(ShapeError);
  });
});

describe("Range", () => {
  /** 0 … batch−1 */
  const counted = (x: Value): Value => {
    const { graph } = x;
    const [zero, one] = [0n, 1n].map((number) => graph.constant(BigInt64Array.of(number), []));
    const end = reshape(graph.runtimeShape(["batch"]), []);
    return graph.node("Range", [zero, end, one], {}, [{ elementType: "int64", shape: ["batch"] }])[0]!;
  };

  it("counts to an extent known at run time, without a gradient", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 2]);
    const results = await runGraph(graph, { count: counted(x) }, { x: floats([1, 2, 3, 4, 5, 6], [3, 2]) });
    expect(results["count"]!.data).toEqual(BigInt64Array.of(0n, 1n, 2n));
    expectNoGradient((y) => cast(counted(y), "float32"), [normal("batch", 3)]);
  });

  it("needs its output type declared", () => {
    const graph = new Graph();
    const zero = graph.constant(BigInt64Array.of(0n), []);
    expect(() => graph.node("Range", [zero, zero, zero])).toThrow(ShapeError);
  });
});

describe("Shape", () => {
  const extents = (x: Value, start: number, end?: number): Value => {
    const limits = end === undefined ? { start: int(start) } : { start: int(start), end: int(end) };
    return x.graph.node("Shape", [x], limits)[0]!;
  };

  it.each([
    { start: 0, end: undefined, expected: [2, 3, 4] },
    { start: 1, end: 2, expected: [3] },
    { start: -2, end: undefined, expected: [3, 4] },
    { start: 0, end: -1, expected: [2, 3] },
  ])("reads the extents from $start to $end", async ({ start, end, expected }) => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["batch", 3, 4]);
    const found = extents(x, start, end);
    expect(found.type).toEqual({ elementType: "int64", shape: [expected.length] });
    const results = await runGraph(graph, { found }, { x: floats(new Array(24).fill(0), [2, 3, 4]) });
    expect(Array.from(results["found"]!.data, Number)).toEqual(expected);
  });

  it("has no gradient", () => {
    expectNoGradient((x) => cast(extents(x, 0), "float32"), [normal("batch", 3)]);
  });
});
