import { sameAlongLastAxis } from "../inference.ts";
import { exp, mul, reduceSum, sub } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY − exp(Y) · Σ dY over the last axis. */
export const logSoftmaxRule: OperatorRule = {
  operator: "LogSoftmax",
  infer: sameAlongLastAxis("LogSoftmax"),
  gradient: {
    kind: "rule",
    keeps: { outputs: [0] },
    backward: ({ upstream, output }) => [
      () => sub(upstream, mul(exp(output(0)), reduceSum(upstream, [-1], true))),
    ],
  },
};
