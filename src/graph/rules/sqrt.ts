import { sameAsFirst } from "../inference.ts";
import { div, mul } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY / (2·Y) */
export const sqrtRule: OperatorRule = {
  operator: "Sqrt",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { outputs: [0] },
    backward: ({ upstream, output }) => [() => div(upstream, mul(output(0), 2))],
  },
};
