import { describe, it } from "vitest";
import { unsqueeze } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";
import { checkGolden, goldenCases } from "../golden-operators.ts";

describe("Unsqueeze", () => {
  it.each(goldenCases("Unsqueeze"))("has PyTorch's values and gradients", checkGolden);

  it.each([[[0]], [[2]], [[-1]], [[-2]], [[1, 3]], [[3, 0]], [[-1, 0]]])(
    "takes out again the axes %j",
    async (axes) => {
      await checkGradients((x) => unsqueeze(x, axes), [normal(2, 3)]);
    },
  );

  it("holds for every batch and length", async () => {
    await checkGradients(
      (x) => unsqueeze(x, [1, 2]),
      [normal("batch", "length")],
      [
        { batch: 2, length: 3 },
        { batch: 1, length: 5 },
      ],
    );
  });
});
