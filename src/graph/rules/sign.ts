import { sameAsFirst } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** −1, 0 or 1; piecewise constant. */
export const signRule: OperatorRule = {
  operator: "Sign",
  infer: sameAsFirst,
  gradient: { kind: "none" },
};
