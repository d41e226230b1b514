import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { slice } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Slice", () => {
  it.each(goldenCases("Slice"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { axis: 0, start: 0, end: 2 },
    { axis: 1, start: 1, end: 3 },
    { axis: 1, start: 2, end: undefined },
    { axis: -1, start: -3, end: -1 },
    { axis: -2, start: 0, end: undefined },
    { axis: 1, start: -2, end: 99 },
    { axis: 2, start: 3, end: 3 },
    { axis: 2, start: 3, end: 1 },
  ])("pads gradients with zeros: $start to $end of axis $axis", async ({ axis, start, end }) => {
    await checkGradients((x) => slice(x, axis, start, end), [normal(3, 4, 5)]);
  });

  it.each([
    { start: 0, end: 2 },
    { start: 1, end: undefined },
    { start: -2, end: undefined },
    { start: 1, end: -1 },
    { start: -3, end: -1 },
  ])("cuts $start to $end out of an unknown length", async ({ start, end }) => {
    await checkGradients(
      (x) => slice(x, 1, start, end),
      [normal("batch", "length", 2)],
      [
        { batch: 1, length: 4 },
        { batch: 2, length: 7 },
      ],
    );
  });

  it("refuses limits that are no constants, several axes and steps", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [4, 4]);
    const [zero, one, two] = [graph.integers([0]), graph.integers([1]), graph.integers([0, 1])];
    const start = graph.input("start", "int64", [1]);
    expect(() => graph.node("Slice", [x, start, one, zero])).toThrow(ShapeError);
    expect(() => graph.node("Slice", [x, two, graph.integers([2, 3]), two])).toThrow(ShapeError);
    expect(() => graph.node("Slice", [x, zero, one, zero, graph.integers([2])])).toThrow(ShapeError);
  });
});
