import { describe, expect, it } from "vitest";
import { Graph } from "../../../src/graph/graph.ts";
import { cast } from "../../../src/graph/operations.ts";
import type { Value } from "../../../src/graph/value.ts";
import { int } from "../../../src/graph/value.ts";
import { normal } from "../draw-inputs.ts";
import { expectNoGradient } from "../expect-no-gradient.ts";
import { floats, runGraph } from "../run-graph.ts";

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
