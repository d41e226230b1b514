import { sameAsFirst } from "../inference.ts";
import { cast, greater, mul } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY where X > 0, else 0 */
export const reluRule: OperatorRule = {
  operator: "Relu",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { inputs: [0] },
    backward: ({ upstream, input }) => [() => mul(upstream, cast(greater(input(0), 0), "float32"))],
  },
};
