import { unbroadcast } from "../broadcasting.ts";
import { broadcasted } from "../inference.ts";
import { div, mul, neg } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dA = dY / B, dB = −dY · Y / B; each summed back over what was broadcast. */
export const divRule: OperatorRule = {
  operator: "Div",
  infer: broadcasted("Div"),
  gradient: {
    kind: "rule",
    keeps: { inputs: [1], outputs: [0] },
    backward: ({ upstream, input, output, inputType }) => [
      () => unbroadcast(div(upstream, input(1)), inputType(0).shape),
      () => unbroadcast(neg(div(mul(upstream, output(0)), input(1))), inputType(1).shape),
    ],
  },
};
