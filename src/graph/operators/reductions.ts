import { multiplyDimensions, type Shape } from "../dimension.ts";
import { ShapeError } from "../errors.ts";
import { applyOperator, forbidden, none, type OperatorRule, rule } from "../operator.ts";
import { integersOf, needsDeclaredShape, type ShapeInference } from "../shape-inference.ts";
import { int, intOf, type Value } from "../value.ts";
import { div } from "./arithmetic.ts";
import { cast } from "./logic.ts";
import { expand, reshape } from "./views.ts";

/* What makes one number of many. */

const reduced: ShapeInference = ([x, axes], attributes) => {
  const { shape } = x!.type;
  const gone = reducedAxes(shape, axes);
  if (gone.length === 0) {
    // ONNX takes no axes for all axes.
    throw new ShapeError("A reduction", [shape], "name the axes to be reduced.");
  }
  const isKept = intOf(attributes, "keepdims", 1) === 1;
  const left = isKept ? keptShape(shape, axes) : shape.filter((_, axis) => !gone.includes(axis));
  return [{ ...x!.type, shape: left }];
};

export const reduceSum = (x: Value, axes: readonly number[], keepDimensions = false): Value =>
  reduce("ReduceSum", x, axes, keepDimensions);

/** dX = dY repeated over the summed axes. */
const reduceSumRule: OperatorRule = {
  operator: "ReduceSum",
  infer: reduced,
  gradient: rule({ inputs: [1] }, ({ upstream, input, inputType }) => [
    () => expand(reshape(upstream, keptShape(inputType(0).shape, input(1))), inputType(0).shape),
    null,
  ]),
};

export const reduceMean = (x: Value, axes: readonly number[], keepDimensions = false): Value =>
  reduce("ReduceMean", x, axes, keepDimensions);

/** dX = dY / n repeated over the n averaged elements. */
const reduceMeanRule: OperatorRule = {
  operator: "ReduceMean",
  infer: reduced,
  gradient: rule({ inputs: [1] }, ({ upstream, input, inputType }) => [
    () => {
      const { shape } = inputType(0);
      const kept = keptShape(shape, input(1));
      const averaged = shape.filter((extent, axis) => kept[axis] === 1 && extent !== 1);
      const count = cast(upstream.graph.runtimeShape([multiplyDimensions(...averaged)]), "float32");
      return expand(div(reshape(upstream, kept), count), shape);
    },
    null,
  ]),
};

export const reduceMax = (x: Value, axes: readonly number[], keepDimensions = false): Value =>
  reduce("ReduceMax", x, axes, keepDimensions);

const reduceMaxRule: OperatorRule = {
  operator: "ReduceMax",
  infer: reduced,
  gradient: forbidden("only what rounds numbers asks for the largest one."),
};

/** Index of the largest number along the last axis, [.., n] to [.., 1]. */
export function argMax(x: Value): Value {
  const shape = x.type.shape.with(-1, 1);
  return applyOperator("ArgMax", [x], { axis: int(-1) }, { elementType: "int64", shape });
}

/** Integers have no gradient. */
const argMaxRule: OperatorRule = { operator: "ArgMax", infer: needsDeclaredShape, gradient: none };

export const reductions: readonly OperatorRule[] = [reduceSumRule, reduceMeanRule, reduceMaxRule, argMaxRule];

function reduce(operator: string, x: Value, axes: readonly number[], keepDimensions: boolean): Value {
  const attributes = { keepdims: int(keepDimensions ? 1 : 0) };
  return axes.length === 0 ? x : applyOperator(operator, [x, x.graph.integers(axes)], attributes);
}

/** The shape with 1 in place of each reduced axis. */
function keptShape(shape: Shape, axes: Value | undefined): Shape {
  const gone = reducedAxes(shape, axes);
  return shape.map((extent, axis) => (gone.includes(axis) ? 1 : extent));
}

function reducedAxes(shape: Shape, axes: Value | undefined): readonly number[] {
  return integersOf(axes).map((axis) => (axis + shape.length) % shape.length);
}
