import type { Dimension, Shape } from "../dimension.ts";
import { applyOperator, none, type OperatorRule } from "../operator.ts";
import { needsDeclaredShape } from "../shape-inference.ts";
import { type GraphScope, intOf, type Value } from "../value.ts";

/* What depends on shapes alone, never on the numbers in a tensor; so none of it has a gradient. */

/** A float32 tensor of zeros. */
export const zeros = (graph: GraphScope, shape: Shape): Value =>
  applyOperator("ConstantOfShape", [graph.runtimeShape(shape)], {}, { elementType: "float32", shape });

const constantOfShapeRule: OperatorRule = {
  operator: "ConstantOfShape",
  infer: needsDeclaredShape,
  gradient: none,
};

/** Integers from `start` up to `limit` (exclusive), both int64 scalars; `count` of them. */
export function range(start: Value, limit: Value, count: Dimension): Value {
  const step = start.graph.constant(BigInt64Array.of(1n), []);
  return applyOperator("Range", [start, limit, step], {}, { elementType: "int64", shape: [count] });
}

const rangeRule: OperatorRule = { operator: "Range", infer: needsDeclaredShape, gradient: none };

/** The extents of a tensor from axis `start` up to `end`, as int64. Graphs add it by `runtimeShape`. */
const shapeRule: OperatorRule = {
  operator: "Shape",
  infer: ([x], attributes) => {
    const { shape } = x!.type;
    const extents = shape.slice(intOf(attributes, "start", 0), intOf(attributes, "end", shape.length));
    return [{ elementType: "int64", shape: [extents.length] }];
  },
  gradient: none,
};

export const constants: readonly OperatorRule[] = [constantOfShapeRule, rangeRule, shapeRule];
