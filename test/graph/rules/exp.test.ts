import { describe, it } from "vitest";
import { exp } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Exp", () => {
  it.each(goldenCases("Exp"))("has PyTorch's values and gradients", checkGolden);

  it.each([[[]], [[7]], [[2, 3, 4]]])("has the slope of its values in shape %j", async (shape) => {
    await checkGradients(exp, [normal(...shape)]);
  });

  it("holds for every batch and length", async () => {
    await checkGradients(
      exp,
      [normal("batch", "length", 3)],
      [
        { batch: 1, length: 5 },
        { batch: 4, length: 2 },
      ],
    );
  });
});
