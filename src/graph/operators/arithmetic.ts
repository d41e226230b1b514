import { broadcastShapes, unbroadcast } from "../broadcasting.ts";
import { NotDifferentiableError } from "../errors.ts";
import {
  applyOperator,
  type Backward,
  type Keeps,
  type Operand,
  type OperatorRule,
  rule,
} from "../operator.ts";
import { sameAsFirst } from "../shape-inference.ts";
import type { Value } from "../value.ts";

/* Numbers of two tensors one by one, the smaller tensor repeated. Gradients are summed back over that. */

export const add = (left: Value, right: Operand): Value => applyOperator("Add", [left, right]);

/** dA = dY, dB = dY */
const addRule = elementwise("Add", {}, ({ upstream }) => [() => upstream, () => upstream]);

export const sub = (left: Value, right: Operand): Value => applyOperator("Sub", [left, right]);

/** dA = dY, dB = −dY */
const subRule = elementwise("Sub", {}, ({ upstream }) => [() => upstream, () => neg(upstream)]);

export const mul = (left: Value, right: Operand): Value => applyOperator("Mul", [left, right]);

/** dA = dY · B, dB = dY · A */
const mulRule = elementwise("Mul", { inputs: [0, 1] }, ({ upstream, input }) => [
  () => mul(upstream, input(1)),
  () => mul(upstream, input(0)),
]);

export const div = (left: Value, right: Operand): Value => applyOperator("Div", [left, right]);

/** dA = dY / B, dB = −dY · Y / B */
const divRule = elementwise("Div", { inputs: [1], outputs: [0] }, ({ upstream, input, output }) => [
  () => div(upstream, input(1)),
  () => neg(div(mul(upstream, output(0)), input(1))),
]);

export const pow = (base: Value, exponent: number): Value => applyOperator("Pow", [base, exponent]);

/** dX = dY · n · X^(n−1) for a constant scalar exponent n; the exponent itself has no gradient. */
const powRule = elementwise("Pow", { inputs: [0, 1] }, ({ node, upstream, input }) => [
  () => {
    const { origin } = input(1);
    if (origin.kind !== "constant" || origin.data.length !== 1) {
      throw new NotDifferentiableError("Pow", node.name, 0, "the exponent must be a constant number.");
    }
    const exponent = Number(origin.data[0]);
    // 0 · 0⁻¹ is no number.
    if (exponent === 0) return mul(upstream, 0);
    return mul(upstream, mul(pow(input(0), exponent - 1), exponent));
  },
  null,
]);

export const neg = (x: Value): Value => applyOperator("Neg", [x]);

/** dX = −dY */
const negRule: OperatorRule = {
  operator: "Neg",
  infer: sameAsFirst,
  gradient: rule({}, ({ upstream }) => [() => neg(upstream)]),
};

export const arithmetic: readonly OperatorRule[] = [addRule, subRule, mulRule, divRule, powRule, negRule];

function elementwise(operator: string, keeps: Keeps, backward: Backward): OperatorRule {
  return {
    operator,
    infer: ([left, right]) => [
      { ...left!.type, shape: broadcastShapes(operator, left!.type.shape, right!.type.shape) },
    ],
    gradient: rule(keeps, (step) =>
      backward(step).map(
        (gradient, index) => gradient && (() => unbroadcast(gradient(), step.inputType(index).shape)),
      ),
    ),
  };
}
