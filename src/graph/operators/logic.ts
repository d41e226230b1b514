import { broadcastShapes, unbroadcast } from "../broadcasting.ts";
import { applyOperator, none, type Operand, type OperatorRule, rule } from "../operator.ts";
import { needsDeclaredShape, sameAsFirst } from "../shape-inference.ts";
import { type ElementType, int, type Value } from "../value.ts";
import { mul } from "./arithmetic.ts";

/* Truth values: where they come from, and what they choose. They are piecewise constant. */

export const greater = (left: Value, right: Operand): Value => applyOperator("Greater", [left, right]);
const greaterRule = comparison("Greater");

export const equal = (left: Value, right: Operand): Value => applyOperator("Equal", [left, right]);
const equalRule = comparison("Equal");

export const or = (left: Value, right: Value): Value => applyOperator("Or", [left, right]);
const orRule = comparison("Or");

export const not = (x: Value): Value => applyOperator("Not", [x]);
const notRule: OperatorRule = { operator: "Not", infer: sameAsFirst, gradient: none };

export const where = (condition: Value, yes: Value, no: Value): Value =>
  applyOperator("Where", [condition, yes, no]);

/** dA = dY where the condition holds, dB = dY elsewhere; the condition has no gradient. */
const whereRule: OperatorRule = {
  operator: "Where",
  infer: ([condition, yes, no]) => {
    const chosen = broadcastShapes("Where", yes!.type.shape, no!.type.shape);
    return [{ ...yes!.type, shape: broadcastShapes("Where", condition!.type.shape, chosen) }];
  },
  gradient: rule({ inputs: [0] }, ({ upstream, input, inputType }) => [
    null,
    () => unbroadcast(mul(upstream, cast(input(0), "float32")), inputType(1).shape),
    () => unbroadcast(mul(upstream, cast(not(input(0)), "float32")), inputType(2).shape),
  ]),
};

/** As ONNX numbers them. */
const onnxElementType: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
};

/** The value itself where it is of that type already. */
export function cast(x: Value, elementType: ElementType): Value {
  if (x.type.elementType === elementType) {
    return x;
  }
  const type = { elementType, shape: x.type.shape };
  return applyOperator("Cast", [x], { to: int(onnxElementType[elementType]) }, type);
}

/** Casts here go between integers, booleans and numbers. */
const castRule: OperatorRule = { operator: "Cast", infer: needsDeclaredShape, gradient: none };

export const logic: readonly OperatorRule[] = [greaterRule, equalRule, orRule, notRule, whereRule, castRule];

function comparison(operator: string): OperatorRule {
  return {
    operator,
    infer: ([left, right]) => [
      { elementType: "bool", shape: broadcastShapes(operator, left!.type.shape, right!.type.shape) },
    ],
    gradient: none,
  };
}
