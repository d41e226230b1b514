import { compared } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** A = B; piecewise constant. */
export const equalRule: OperatorRule = {
  operator: "Equal",
  infer: compared("Equal"),
  gradient: { kind: "none" },
};
