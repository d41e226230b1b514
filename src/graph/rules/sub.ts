import { unbroadcast } from "../broadcasting.ts";
import { broadcasted } from "../inference.ts";
import { neg } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dA = dY, dB = −dY; each summed back over what was broadcast. */
export const subRule: OperatorRule = {
  operator: "Sub",
  infer: broadcasted("Sub"),
  gradient: {
    kind: "rule",
    keeps: {},
    backward: ({ upstream, inputType }) => [
      () => unbroadcast(upstream, inputType(0).shape),
      () => unbroadcast(neg(upstream), inputType(1).shape),
    ],
  },
};
