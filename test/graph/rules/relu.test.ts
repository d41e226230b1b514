import { describe, it } from "vitest";
import { relu } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { awayFrom } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Relu", () => {
  it.each(goldenCases("Relu"))("has PyTorch's values and gradients", checkGolden);

  it.each([[[]], [[7]], [[2, 3, 4]]])("has the slope of its values in shape %j", async (shape) => {
    await checkGradients(relu, [awayFrom(0, ...shape)]);
  });

  it("holds for every batch and length", async () => {
    await checkGradients(
      relu,
      [awayFrom(0, "batch", "length", 3)],
      [
        { batch: 1, length: 5 },
        { batch: 4, length: 2 },
      ],
    );
  });
});
