import { needsDeclaredShape } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** Index of the largest number of an axis. Integers have no gradient. */
export const argMaxRule: OperatorRule = {
  operator: "ArgMax",
  infer: needsDeclaredShape("ArgMax"),
  gradient: { kind: "none" },
};
