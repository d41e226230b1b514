import { sameAsFirst } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** Not A; piecewise constant. */
export const notRule: OperatorRule = {
  operator: "Not",
  infer: sameAsFirst,
  gradient: { kind: "none" },
};
