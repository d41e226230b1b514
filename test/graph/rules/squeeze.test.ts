import { describe, expect, it } from "vitest";
import { ShapeError } from "../../../src/graph/errors.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { squeeze } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Squeeze", () => {
  it.each(goldenCases("Squeeze"))("has PyTorch's values and gradients", checkGolden);

  it.each([[[1]], [[3]], [[-1]], [[1, 3]], [[-1, -3]]])("puts back the axes %j", async (axes) => {
    await checkGradients((x) => squeeze(x, axes), [normal(2, 1, 3, 1)]);
  });

  it("holds for every batch", async () => {
    await checkGradients((x) => squeeze(x, [1]), [normal("batch", 1, 3)], [{ batch: 2 }, { batch: 5 }]);
  });

  it("refuses axes that are not of extent 1", () => {
    const x = new Graph().input("x", "float32", ["batch", 1, 3]);
    expect(() => squeeze(x, [0])).toThrow(ShapeError);
    expect(() => squeeze(x, [1, -1])).toThrow("Squeeze of [batch, 1, 3]");
  });
});
