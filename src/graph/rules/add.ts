import { unbroadcast } from "../broadcasting.ts";
import { broadcasted } from "../inference.ts";
import type { OperatorRule } from "../rule.ts";

/** dA = dY, dB = dY; each summed back over what was broadcast. */
export const addRule: OperatorRule = {
  operator: "Add",
  infer: broadcasted("Add"),
  gradient: {
    kind: "rule",
    keeps: {},
    backward: ({ upstream, inputType }) => [
      () => unbroadcast(upstream, inputType(0).shape),
      () => unbroadcast(upstream, inputType(1).shape),
    ],
  },
};
