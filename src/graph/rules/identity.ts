import { sameAsFirst } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY */
export const identityRule: OperatorRule = {
  operator: "Identity",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: {},
    backward: ({ upstream }) => [() => upstream],
  },
};
