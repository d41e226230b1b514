import { describe, it } from "vitest";
import type { Dimension } from "../../src/graph/dimension.ts";
import type { Value } from "../../src/graph/value.ts";
import { checkGradients } from "./check-gradients.ts";
import type { TestInput } from "./draw-inputs.ts";
import { checkGolden, goldenCases } from "./golden-operators.ts";

/** Describes functions of each number by itself: each with what it is given, for a shape. */
export function describeUnary(
  functions: readonly (readonly [
    operator: string,
    operation: (x: Value) => Value,
    input: (...shape: Dimension[]) => TestInput,
  ])[],
): void {
  describe.each(functions)("%s", (operator, operation, input) => {
    it.each(goldenCases(operator))("has PyTorch's values and gradients: $note", checkGolden);

    it.each([[[]], [[7]], [[2, 3, 4]]])("has the slope of its values in shape %j", async (shape) => {
      await checkGradients(operation, [input(...shape)]);
    });

    it("holds for every batch and length", async () => {
      const extents = [
        { batch: 1, length: 5 },
        { batch: 4, length: 2 },
      ];
      await checkGradients(operation, [input("batch", "length", 3)], extents);
    });
  });
}
