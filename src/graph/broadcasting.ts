import { type Dimension, equalShapes, type Shape } from "./dimension.ts";
import { ShapeError } from "./errors.ts";
import { applyOperator } from "./operator.ts";
import { int, type Value } from "./value.ts";

/** The shape of an elementwise operation on two shapes, aligned at their last axes (ONNX, numpy). */
export function broadcastShapes(operator: string, left: Shape, right: Shape): Shape {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const a = left[axis - rank + left.length] ?? 1;
    const b = right[axis - rank + right.length] ?? 1;
    return broadcastDimension(a, b) ?? refuse(operator, left, right);
  });
}

/**
 * Sums a gradient back to the shape that was broadcast: over the axes that broadcasting added, and over
 * those of extent 1 that it repeated. Every elementwise rule ends here, so broadcasting is handled once.
 */
export function unbroadcast(gradient: Value, shape: Shape): Value {
  const from = gradient.type.shape;
  if (equalShapes(from, shape)) {
    return gradient;
  }
  const added = from.length - shape.length;
  const leading = Array.from({ length: added }, (_, axis) => axis);
  const summed = added > 0 ? sumOver(gradient, leading, false) : gradient;
  const repeated = shape.flatMap((extent, axis) => (extent === 1 && from[axis + added] !== 1 ? [axis] : []));
  return repeated.length > 0 ? sumOver(summed, repeated, true) : summed;
}

/** As reduceSum in operators/reductions.ts, which stands on this file. */
const sumOver = (x: Value, axes: readonly number[], keepDimensions: boolean): Value =>
  applyOperator("ReduceSum", [x, x.graph.integers(axes)], { keepdims: int(keepDimensions ? 1 : 0) });

function broadcastDimension(a: Dimension, b: Dimension): Dimension | undefined {
  if (a === b || b === 1) {
    return a;
  }
  return a === 1 ? b : undefined;
}

function refuse(operator: string, left: Shape, right: Shape): never {
  throw new ShapeError(operator, [left, right], "axes must be equal or 1, counted from the last.");
}
