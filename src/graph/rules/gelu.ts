import { sameAsFirst } from "../inference.ts";
import { add, div, erf, exp, hardSigmoid, mul } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/**
 * dX = dY · (Φ(X) + X·φ(X)), with the normal distribution Φ and its density φ (Hendrycks and Gimpel
 * 2016, arXiv 1606.08415). With Z = X/√2, Φ = (1 + erf Z)/2 and X·φ = Z / (√π · exp Z²). Each operator
 * is a pass over memory, so 1 + … and /2 are one of them, and the sign of the exponent is none; where
 * exp Z² overflows, X·φ is 0 as it should be.
 */
export const geluRule: OperatorRule = {
  operator: "Gelu",
  infer: sameAsFirst,
  gradient: {
    kind: "rule",
    keeps: { inputs: [0] },
    backward: ({ upstream, input }) => [
      () => {
        const z = mul(input(0), Math.SQRT1_2);
        const density = mul(div(z, exp(mul(z, z))), 1 / Math.sqrt(Math.PI));
        return mul(add(hardSigmoid(erf(z), 0.5, 0.5), density), upstream);
      },
    ],
  },
};
