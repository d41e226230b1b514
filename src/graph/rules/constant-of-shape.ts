import { needsDeclaredShape } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** Zeros of a given shape. They depend on nothing. */
export const constantOfShapeRule: OperatorRule = {
  operator: "ConstantOfShape",
  infer: needsDeclaredShape("ConstantOfShape"),
  gradient: { kind: "none" },
};
