import { sameAsFirst } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** α·x + β, limited to [0, 1]: in backward passes the one operator that scales and shifts in a single pass. */
export const hardSigmoidRule: OperatorRule = {
  operator: "HardSigmoid",
  infer: sameAsFirst,
  gradient: {
    kind: "forbidden",
    reason: "it appears in backward passes only, and no second derivative is taken.",
  },
};
