import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { gather } from "../../../src/graph/operations.ts";
import { int } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { indices, normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Gather", () => {
  it.each(goldenCases("Gather"))("has PyTorch's values and gradients: $note", checkGolden);

  it.each([
    { note: "rows of a matrix", data: [5, 3], rows: [8] },
    { note: "rows for a batch", data: [3, 2], rows: [2, 4] },
    { note: "numbers of a vector", data: [4], rows: [7] },
    { note: "one row", data: [4, 2], rows: [] },
    { note: "matrices of a cube", data: [3, 2, 2], rows: [5] },
  ])("adds up the gradients of repeated rows: $note", async ({ data, rows }) => {
    await checkGradients(gather, [normal(...data), indices(data[0]!, ...rows)]);
  });

  it("holds for every batch and length, and for a table of unknown size", async () => {
    const extents = [
      { batch: 1, length: 6, rows: 3 },
      { batch: 4, length: 2, rows: 5 },
    ];
    await checkGradients(gather, [normal(4, 3), indices(4, "batch", "length")], extents);
    await checkGradients(gather, [normal("rows", 3), indices(3, "length")], extents);
    await checkGradients((x, i) => gather(x, i), [normal("rows", "length"), indices(3, "length")], extents);
  });

  it("takes 32-bit indices, and indices counted from the end", async () => {
    await checkGradients(gather, [normal(4, 3), { ...indices(4, 6), elementType: "int32" }]);
    await checkGradients(gather, [
      normal(4, 3),
      { ...indices(4, 6), draw: (random) => -1 - random.integer(4) },
    ]);
  });

  it("knows the first axis only", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3]);
    expect(() => graph.node("Gather", [x, graph.integers([0])], { axis: int(1) })).toThrow(ShapeError);
  });
});
