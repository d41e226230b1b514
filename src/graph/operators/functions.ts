import { applyOperator, type BackwardStep, type Keeps, none, type OperatorRule, rule } from "../operator.ts";
import { sameAsFirst } from "../shape-inference.ts";
import type { Value } from "../value.ts";
import { div, mul, neg } from "./arithmetic.ts";
import { cast, greater, not, or } from "./logic.ts";

/* Functions of each number by itself. */

/** The rule of such a function: the output has the shape of the input, and `gradient` builds the input's gradient. */
export function unary(operator: string, keeps: Keeps, gradient: (step: BackwardStep) => Value): OperatorRule {
  return { operator, infer: sameAsFirst, gradient: rule(keeps, (step) => [() => gradient(step)]) };
}

export const abs = (x: Value): Value => applyOperator("Abs", [x]);

/** dX = dY · sign(X); 0 at X = 0 */
const absRule = unary("Abs", { inputs: [0] }, ({ upstream, input }) => mul(upstream, sign(input(0))));

/** −1, 0 or 1. */
export const sign = (x: Value): Value => applyOperator("Sign", [x]);

/** Piecewise constant. */
const signRule: OperatorRule = { operator: "Sign", infer: sameAsFirst, gradient: none };

export const sqrt = (x: Value): Value => applyOperator("Sqrt", [x]);

/** dX = dY / (2·Y) */
const sqrtRule = unary("Sqrt", { outputs: [0] }, ({ upstream, output }) => div(upstream, mul(output(0), 2)));

export const exp = (x: Value): Value => applyOperator("Exp", [x]);

/** dX = dY · Y */
const expRule = unary("Exp", { outputs: [0] }, ({ upstream, output }) => mul(upstream, output(0)));

export const log = (x: Value): Value => applyOperator("Log", [x]);

/** dX = dY / X */
const logRule = unary("Log", { inputs: [0] }, ({ upstream, input }) => div(upstream, input(0)));

export const erf = (x: Value): Value => applyOperator("Erf", [x]);

/** dX = dY · 2/√π · exp(−X²) */
const erfRule = unary("Erf", { inputs: [0] }, ({ upstream, input }) =>
  mul(upstream, mul(exp(neg(mul(input(0), input(0)))), 2 / Math.sqrt(Math.PI))),
);

/** Limits to [low, high]. */
export const clip = (x: Value, low: number, high: number): Value => applyOperator("Clip", [x, low, high]);

/** dX = dY where low ≤ X ≤ high, else 0. The limits are constants. */
const clipRule: OperatorRule = {
  operator: "Clip",
  infer: sameAsFirst,
  gradient: rule({ inputs: [0, 1, 2] }, ({ upstream, input }) => [
    () => mul(upstream, cast(not(or(greater(input(0), input(2)), greater(input(1), input(0)))), "float32")),
    null,
    null,
  ]),
};

export const functions: readonly OperatorRule[] = [
  absRule,
  signRule,
  sqrtRule,
  expRule,
  logRule,
  erfRule,
  clipRule,
];
