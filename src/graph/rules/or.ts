import { compared } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** A or B; piecewise constant. */
export const orRule: OperatorRule = {
  operator: "Or",
  infer: compared("Or"),
  gradient: { kind: "none" },
};
