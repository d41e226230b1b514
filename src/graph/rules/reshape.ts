import { needsDeclaredShape } from "../inference.ts";
import { reshape } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY in the shape of X. */
export const reshapeRule: OperatorRule = {
  operator: "Reshape",
  infer: needsDeclaredShape("Reshape"),
  gradient: {
    kind: "rule",
    keeps: {},
    backward: ({ upstream, inputType }) => [() => reshape(upstream, inputType(0).shape), null],
  },
};
