import { sameAsFirst } from "../inference.ts";
import { cast, greater, mul, not, or } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY where low ≤ X ≤ high, else 0. The limits are constants. */
export const clipRule: OperatorRule = {
  operator: "Clip",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { inputs: [0, 1, 2] },
    backward: ({ upstream, input }) => [
      () => mul(upstream, cast(not(or(greater(input(0), input(2)), greater(input(1), input(0)))), "float32")),
      null,
      null,
    ],
  },
};
