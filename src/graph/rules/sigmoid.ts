import { sameAsFirst } from "../inference.ts";
import { mul, sub } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY · Y · (1 − Y) = dY · (Y − Y²) */
export const sigmoidRule: OperatorRule = {
  operator: "Sigmoid",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { outputs: [0] },
    backward: ({ upstream, output }) => [() => mul(upstream, sub(output(0), mul(output(0), output(0))))],
  },
};
