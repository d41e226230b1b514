import { compared } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** A > B; piecewise constant. */
export const greaterRule: OperatorRule = {
  operator: "Greater",
  infer: compared("Greater"),
  gradient: { kind: "none" },
};
