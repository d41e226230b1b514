import { keptShape, reduced } from "../inference.ts";
import { expand, reshape } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY repeated over the summed axes. */
export const reduceSumRule: OperatorRule = {
  operator: "ReduceSum",
  infer: reduced,
  gradient: {
    kind: "rule",
    keeps: { inputs: [1] },
    backward: ({ upstream, input, inputType }) => [
      () => expand(reshape(upstream, keptShape(inputType(0).shape, input(1))), inputType(0).shape),
      null,
    ],
  },
};
