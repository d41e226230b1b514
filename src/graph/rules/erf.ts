import { sameAsFirst } from "../inference.ts";
import { exp, mul, neg } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY · 2/√π · exp(−X²) */
export const erfRule: OperatorRule = {
  operator: "Erf",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { inputs: [0] },
    backward: ({ upstream, input }) => [
      () => mul(upstream, mul(exp(neg(mul(input(0), input(0)))), 2 / Math.sqrt(Math.PI))),
    ],
  },
};
