import { sameAsFirst } from "../inference.ts";
import { mul, sigmoid } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY · σ(X) */
export const softplusRule: OperatorRule = {
  operator: "Softplus",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { inputs: [0] },
    backward: ({ upstream, input }) => [() => mul(upstream, sigmoid(input(0)))],
  },
};
