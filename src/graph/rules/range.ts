import { needsDeclaredShape } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** Integers from start up to limit. Integers have no gradient. */
export const rangeRule: OperatorRule = {
  operator: "Range",
  infer: needsDeclaredShape("Range"),
  gradient: { kind: "none" },
};
