import { sameAlongLastAxis } from "../inference.ts";
import { mul, reduceSum, sub } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = Y · (dY − Σ dY·Y) over the last axis. */
export const softmaxRule: OperatorRule = {
  operator: "Softmax",
  infer: sameAlongLastAxis("Softmax"),
  gradient: {
    kind: "rule",
    keeps: { outputs: [0] },
    backward: ({ upstream, output }) => [
      () => mul(output(0), sub(upstream, reduceSum(mul(upstream, output(0)), [-1], true))),
    ],
  },
};
