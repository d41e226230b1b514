import { requireAxis } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";
import { intOf } from "../value.ts";

/**
 * Adds numbers at indices: the backward pass of GatherElements along the last axis and of Gather along
 * the first. Gradients of gradients are not needed here.
 */
export const scatterElementsRule: OperatorRule = {
  operator: "ScatterElements",
  infer: ([x], attributes) => {
    requireAxis("ScatterElements", x!.type.shape, attributes, intOf(attributes, "axis", -1) === 0 ? 0 : -1);
    return [x!.type];
  },
  gradient: {
    kind: "forbidden",
    reason: "it appears in backward passes only, and no second derivative is taken.",
  },
};
