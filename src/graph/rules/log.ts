import { sameAsFirst } from "../inference.ts";
import { div } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY / X */
export const logRule: OperatorRule = {
  operator: "Log",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { inputs: [0] },
    backward: ({ upstream, input }) => [() => div(upstream, input(0))],
  },
};
