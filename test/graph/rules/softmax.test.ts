import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { softmax } from "../../../src/graph/operations.ts";
import { int } from "../../../src/graph/value.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Softmax", () => {
  it.each(goldenCases("Softmax"))("has PyTorch's values and gradients", checkGolden);

  it.each([[[5]], [[3, 1]], [[2, 3, 4]]])("has the slope of its values in shape %j", async (shape) => {
    await checkGradients(softmax, [normal(...shape)]);
  });

  it("holds for every batch and length, the softened axis included", async () => {
    await checkGradients(
      softmax,
      [normal("batch", 2, "length")],
      [
        { batch: 1, length: 6 },
        { batch: 3, length: 2 },
      ],
    );
  });

  it("knows the last axis only", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3]);
    expect(() => graph.node("Softmax", [x], { axis: int(0) })).toThrow(ShapeError);
    expect(graph.node("Softmax", [x], { axis: int(1) })[0]!.type.shape).toEqual([2, 3]);
  });
});
