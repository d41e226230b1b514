import { sameAsFirst } from "../inference.ts";
import { mul, sub } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY · (1 − Y²) = dY − dY · Y² */
export const tanhRule: OperatorRule = {
  operator: "Tanh",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { outputs: [0] },
    backward: ({ upstream, output }) => [() => sub(upstream, mul(upstream, mul(output(0), output(0))))],
  },
};
