import { unbroadcast } from "../broadcasting.ts";
import { NotDifferentiableError } from "../errors.ts";
import { broadcasted } from "../inference.ts";
import { mul, pow } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY · n · X^(n−1) for a constant scalar exponent n; the exponent itself has no gradient. */
export const powRule: OperatorRule = {
  operator: "Pow",
  infer: broadcasted("Pow"),
  gradient: {
    kind: "rule",
    keeps: { inputs: [0, 1] },
    backward: ({ node, upstream, input, inputType }) => [
      () => {
        const { origin } = input(1);
        if (origin.kind !== "constant" || origin.data.length !== 1) {
          throw new NotDifferentiableError("Pow", node.name, 0, "the exponent must be a constant number.");
        }
        const exponent = Number(origin.data[0]);
        // 0 · 0⁻¹ is no number.
        if (exponent === 0) return unbroadcast(mul(upstream, 0), inputType(0).shape);
        const slope = mul(pow(input(0), exponent - 1), exponent);
        return unbroadcast(mul(upstream, slope), inputType(0).shape);
      },
      null,
    ],
  },
};
