import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { reduceMean } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("ReduceMean", () => {
  it.each(goldenCases("ReduceMean"))("has PyTorch's values and gradients", checkGolden);

  describe.each([true, false])("with reduced axes kept: %j", (keep) => {
    it.each([[[0]], [[1]], [[-1]], [[0, 2]], [[-1, -2]], [[0, 1, 2]], [[]]])(
      "spreads gradients over axes %j",
      async (axes) => {
        await checkGradients((x) => reduceMean(x, axes, keep), [normal(2, 3, 4)]);
      },
    );

    it.each([[[0]], [[1]], [[0, 1]], [[0, 1, 2]]])(
      "holds for every batch and length, axes %j",
      async (axes) => {
        await checkGradients(
          (x) => reduceMean(x, axes, keep),
          [normal("batch", "length", 3)],
          [
            { batch: 1, length: 4 },
            { batch: 3, length: 2 },
          ],
        );
      },
    );
  });

  it("refuses axes that are no constants", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3]);
    expect(() => graph.node("ReduceMean", [x, graph.input("axes", "int64", [1])])).toThrow(ShapeError);
    expect(() => graph.node("ReduceMean", [x])).toThrow(ShapeError);
  });
});
