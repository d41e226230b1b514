import { sameAsFirst } from "../inference.ts";
import { mul, sign } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY · sign(X); 0 at X = 0 */
export const absRule: OperatorRule = {
  operator: "Abs",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { inputs: [0] },
    backward: ({ upstream, input }) => [() => mul(upstream, sign(input(0)))],
  },
};
