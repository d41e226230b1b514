import { sameAsFirst } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** Adds rows at indices: the backward pass of Gather. Gradients of gradients are not needed here. */
export const scatterNdRule: OperatorRule = {
  operator: "ScatterND",
  infer: sameAsFirst,
  gradient: {
    kind: "forbidden",
    reason: "it appears in backward passes only, and no second derivative is taken.",
  },
};
