import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { expand, mul } from "../../../src/graph/operations.ts";
import type { Value } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Expand", () => {
  it.each(goldenCases("Expand"))("has PyTorch's values and gradients", checkGolden);

  it.each([
    { from: [3, 1], to: [3, 4] },
    { from: [3], to: [2, 3] },
    { from: [1, 3, 1], to: [2, 2, 3, 4] },
    { from: [], to: [2, 3] },
    { from: [2, 3], to: [2, 3] },
    { from: [1, 1], to: [1, 1] },
  ])("sums gradients back over what was repeated: $from to $to", async ({ from, to }) => {
    await checkGradients((x) => expand(x, to), [normal(...from)]);
  });

  it("repeats up to an unknown batch", async () => {
    const build = (prompt: Value, x: Value): Value => mul(expand(prompt, ["batch", 2, 3]), x);
    await checkGradients(build, [normal(2, 3), normal("batch", 1, 1)], [{ batch: 1 }, { batch: 4 }]);
  });

  it("refuses a shape that repeating cannot reach", () => {
    const x = new Graph().input("x", "float32", [2, 3]);
    expect(() => expand(x, [2, 4])).toThrow(ShapeError);
    expect(() => expand(x, [3])).toThrow(ShapeError);
  });

  it("needs its output type declared", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [1]);
    expect(() => graph.node("Expand", [x, graph.integers([3])])).toThrow(ShapeError);
  });
});
