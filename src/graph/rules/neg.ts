import { sameAsFirst } from "../inference.ts";
import { neg } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = −dY */
export const negRule: OperatorRule = {
  operator: "Neg",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: {},
    backward: ({ upstream }) => [() => neg(upstream)],
  },
};
