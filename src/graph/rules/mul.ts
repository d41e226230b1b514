import { unbroadcast } from "../broadcasting.ts";
import { broadcasted } from "../inference.ts";
import { mul } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dA = dY · B, dB = dY · A; each summed back over what was broadcast. */
export const mulRule: OperatorRule = {
  operator: "Mul",
  infer: broadcasted("Mul"),
  gradient: {
    kind: "rule",
    keeps: { inputs: [0, 1] },
    backward: ({ upstream, input, inputType }) => [
      () => unbroadcast(mul(upstream, input(1)), inputType(0).shape),
      () => unbroadcast(mul(upstream, input(0)), inputType(1).shape),
    ],
  },
};
