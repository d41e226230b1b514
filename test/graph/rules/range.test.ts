import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { cast, reshape } from "../../../src/graph/operations.ts";
import type { Value } from "../../../src/graph/value.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

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
