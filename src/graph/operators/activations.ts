import { applyOperator, backwardOnly, type OperatorRule } from "../operator.ts";
import { sameAsFirst } from "../shape-inference.ts";
import { float, type Value } from "../value.ts";
import { add, div, mul, sub } from "./arithmetic.ts";
import { erf, exp, unary } from "./functions.ts";
import { cast, greater } from "./logic.ts";

/* What stands between the layers of a network, number by number. */

export const tanh = (x: Value): Value => applyOperator("Tanh", [x]);

/** dX = dY · (1 − Y²) = dY − dY · Y² */
const tanhRule = unary("Tanh", { outputs: [0] }, ({ upstream, output }) =>
  sub(upstream, mul(upstream, mul(output(0), output(0)))),
);

export const sigmoid = (x: Value): Value => applyOperator("Sigmoid", [x]);

/** dX = dY · Y · (1 − Y) = dY · (Y − Y²) */
const sigmoidRule = unary("Sigmoid", { outputs: [0] }, ({ upstream, output }) =>
  mul(upstream, sub(output(0), mul(output(0), output(0)))),
);

export const softplus = (x: Value): Value => applyOperator("Softplus", [x]);

/** dX = dY · σ(X) */
const softplusRule = unary("Softplus", { inputs: [0] }, ({ upstream, input }) =>
  mul(upstream, sigmoid(input(0))),
);

export const relu = (x: Value): Value => applyOperator("Relu", [x]);

/** dX = dY where X > 0, else 0 */
const reluRule = unary("Relu", { inputs: [0] }, ({ upstream, input }) =>
  mul(upstream, cast(greater(input(0), 0), "float32")),
);

/** Exact GELU, x·Φ(x) with the error function, as in BERT. */
export const gelu = (x: Value): Value => applyOperator("Gelu", [x]);

/**
 * dX = dY · (Φ(X) + X·φ(X)), with the normal distribution Φ and its density φ (Hendrycks and Gimpel
 * 2016, arXiv 1606.08415). With Z = X/√2, Φ = (1 + erf Z)/2 and X·φ = Z / (√π · exp Z²). Each operator
 * is a pass over memory, so 1 + … and /2 are one of them, and the sign of the exponent is none; where
 * exp Z² overflows, X·φ is 0 as it should be.
 */
const geluRule = unary("Gelu", { inputs: [0] }, ({ upstream, input }) => {
  const z = mul(input(0), Math.SQRT1_2);
  const density = mul(div(z, exp(mul(z, z))), 1 / Math.sqrt(Math.PI));
  return mul(add(hardSigmoid(erf(z), 0.5, 0.5), density), upstream);
});

/** α·x + β, limited to [0, 1]: in backward passes the one operator that scales and shifts in a single pass. */
export const hardSigmoid = (x: Value, alpha: number, beta: number): Value =>
  applyOperator("HardSigmoid", [x], { alpha: float(alpha), beta: float(beta) });

const hardSigmoidRule: OperatorRule = {
  operator: "HardSigmoid",
  infer: sameAsFirst,
  gradient: backwardOnly,
};

export const activations: readonly OperatorRule[] = [
  tanhRule,
  sigmoidRule,
  softplusRule,
  reluRule,
  geluRule,
  hardSigmoidRule,
];
