import { broadcastShapes, unbroadcast } from "../broadcasting.ts";
import { cast, mul, not } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dA = dY where the condition holds, dB = dY elsewhere; the condition has no gradient. */
export const whereRule: OperatorRule = {
  operator: "Where",
  infer: ([condition, yes, no]) => {
    const chosen = broadcastShapes("Where", yes!.type.shape, no!.type.shape);
    return [{ ...yes!.type, shape: broadcastShapes("Where", condition!.type.shape, chosen) }];
  },
  gradient: {
    kind: "rule",
    keeps: { inputs: [0] },
    backward: ({ upstream, input, inputType }) => [
      null,
      () => unbroadcast(mul(upstream, cast(input(0), "float32")), inputType(1).shape),
      () => unbroadcast(mul(upstream, cast(not(input(0)), "float32")), inputType(2).shape),
    ],
  },
};
