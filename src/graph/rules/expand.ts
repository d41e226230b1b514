import { unbroadcast } from "../broadcasting.ts";
import { needsDeclaredShape } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY summed over the axes that were repeated. */
export const expandRule: OperatorRule = {
  operator: "Expand",
  infer: needsDeclaredShape("Expand"),
  gradient: {
    kind: "rule",
    keeps: {},
    backward: ({ upstream, inputType }) => [() => unbroadcast(upstream, inputType(0).shape), null],
  },
};
