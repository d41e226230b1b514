import { needsDeclaredShape } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** Casts here go between integers, booleans and numbers, which are piecewise constant. */
export const castRule: OperatorRule = {
  operator: "Cast",
  infer: needsDeclaredShape("Cast"),
  gradient: { kind: "none" },
};
