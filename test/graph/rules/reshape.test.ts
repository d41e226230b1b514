import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { flattenRows, reshape } from "../../../src/graph/operations.ts";
import type { Value } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Reshape", () => {
  it.each(goldenCases("Reshape"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { from: [2, 6], to: [3, 4] },
    { from: [2, 3, 4], to: [-1] },
    { from: [12], to: [2, -1, 3] },
    { from: [1], to: [] },
    { from: [], to: [1, 1] },
  ])("keeps gradients in their order: $from to $to", async ({ from, to }) => {
    await checkGradients((x) => reshape(x, to), [normal(...from)]);
  });

  it.each([
    { from: ["batch", "length", 6], to: ["batch*length", 6] },
    { from: ["batch", "length", 6], to: [-1, 6] },
    { from: ["batch", "length", 6], to: ["batch", "length", 2, 3] },
    { from: ["batch", "length", 6], to: [2, "length", "batch", 3] },
    { from: ["batch", "length", 6], to: ["6*batch", "length"] },
    { from: ["batch", 6], to: [-1] },
  ])("holds for every batch and length: $from to $to", async ({ from, to }) => {
    await checkGradients(
      (x) => reshape(x, to),
      [normal(...from)],
      [
        { batch: 1, length: 4 },
        { batch: 3, length: 2 },
      ],
    );
  });

  it("joins and parts rows again", async () => {
    const there = (x: Value): Value => reshape(flattenRows(x), ["batch", "length", 3]);
    await checkGradients(there, [normal("batch", "length", 3)], [{ batch: 2, length: 3 }]);
  });

  it("refuses another size, and an extent that cannot be worked out", () => {
    const x = new Graph().input("x", "float32", ["batch", 6]);
    expect(() => reshape(x, ["batch", 5])).toThrow(ShapeError);
    expect(() => reshape(x, ["length", 6])).toThrow(ShapeError);
    expect(() => reshape(x, [-1, 4])).toThrow(ShapeError);
  });

  it("needs its output type declared", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [6]);
    expect(() => graph.node("Reshape", [x, graph.integers([2, 3])])).toThrow(ShapeError);
  });
});
