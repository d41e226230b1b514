import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { mul } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Mul", () => {
  it.each(goldenCases("Mul"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { note: "same shape", left: [2, 3], right: [2, 3] },
    { note: "row", left: [2, 3, 4], right: [4] },
    { note: "column", left: [3, 1], right: [2, 3, 4] },
    { note: "both sides repeated", left: [2, 1, 4], right: [3, 1] },
    { note: "new axes and repeated ones", left: [1, 1], right: [2, 3, 1, 4] },
    { note: "scalar on the left", left: [], right: [3, 2] },
    { note: "scalar on the right", left: [3, 2], right: [] },
    { note: "two scalars", left: [], right: [] },
  ])("sums gradients back over what was broadcast: $note", async ({ left, right }) => {
    await checkGradients(mul, [normal(...left), normal(...right)]);
  });

  it("broadcasts over an unknown batch", async () => {
    const inputs = [normal("batch", "length", 3), normal(1, "length", 1)];
    await checkGradients(mul, inputs, [
      { batch: 3, length: 2 },
      { batch: 1, length: 4 },
    ]);
  });

  it("gives both gradients to a value that stands on both sides", async () => {
    await checkGradients((x) => mul(x, x), [normal(4)]);
  });

  it("refuses extents that neither agree nor are 1", () => {
    const graph = new Graph();
    const left = graph.input("left", "float32", ["batch", 3]);
    expect(() => mul(left, graph.input("right", "float32", ["batch", 2]))).toThrow(ShapeError);
    expect(() => mul(left, graph.input("other", "float32", ["length", 3]))).toThrow(
      "Mul of [batch, 3] and [length, 3]",
    );
  });
});
