import { sameAlongLastAxis } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** Adds numbers at indices: the backward pass of GatherElements. Gradients of gradients are not needed here. */
export const scatterElementsRule: OperatorRule = {
  operator: "ScatterElements",
  infer: sameAlongLastAxis("ScatterElements"),
  gradient: {
    kind: "forbidden",
    reason: "it appears in backward passes only, and no second derivative is taken.",
  },
};
