import { sameAsFirst } from "../inference.ts";
import { mul } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY · Y */
export const expRule: OperatorRule = {
  operator: "Exp",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { outputs: [0] },
    backward: ({ upstream, output }) => [() => mul(upstream, output(0))],
  },
};
