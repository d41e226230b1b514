import { sameAsFirst } from "../inference.ts";
import { add, erf, exp, mul, sub } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** ln(2/√π): the factor of the density below, moved into its exponent to save a pass over memory. */
const logFactor = Math.log(2 / Math.sqrt(Math.PI));

/**
 * dX = dY · (Φ(X) + X·φ(X)), with the normal distribution Φ and its density φ (Hendrycks and Gimpel
 * 2016, arXiv 1606.08415). With Z = X/√2 this is dY/2 · (1 + erf Z + 2/√π · Z·exp(−Z²)).
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
        const density = exp(sub(upstream.graph.scalar(logFactor), mul(z, z)));
        const slope = add(add(erf(z), mul(density, z)), 1);
        return mul(mul(slope, upstream), 0.5);
      },
    ],
  },
};
