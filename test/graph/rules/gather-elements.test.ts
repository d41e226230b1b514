import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { gatherElements } from "../../../src/graph/operations.ts";
import { int } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { indices, normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("GatherElements", () => {
  it.each(goldenCases("GatherElements"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { note: "vector", data: [5], picks: [8] },
    { note: "one of each row", data: [3, 4], picks: [3, 1] },
    { note: "several of each row", data: [2, 3, 4], picks: [2, 3, 6] },
    { note: "of some rows only", data: [3, 4], picks: [2, 5] },
  ])("adds up the gradients of repeated elements: $note", async ({ data, picks }) => {
    await checkGradients(gatherElements, [normal(...data), indices(data.at(-1)!, ...picks)]);
  });

  it("holds for every number of rows", async () => {
    await checkGradients(
      gatherElements,
      [normal("rows", 4), indices(4, "rows", 2)],
      [{ rows: 1 }, { rows: 5 }],
    );
  });

  it("knows the last axis only, and indices of the same rank", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3]);
    const picks = graph.input("picks", "int64", [2, 3]);
    expect(() => graph.node("GatherElements", [x, picks], { axis: int(0) })).toThrow(ShapeError);
    expect(() => gatherElements(x, graph.input("row", "int64", [3]))).toThrow(ShapeError);
  });
});
