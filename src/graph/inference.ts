import { broadcastShapes } from "./broadcasting.ts";
import type { Shape } from "./dimension.ts";
import { ShapeError } from "./errors.ts";
import type { Attributes, TensorType, Value } from "./value.ts";
import { intOf } from "./value.ts";

/*
 * Kinds of shape inference that several operators share, and how their inputs are read when the graph
 * is built.
 */

type Infer = (inputs: readonly (Value | undefined)[], attributes: Attributes) => readonly TensorType[];

export const sameAsFirst: Infer = ([x]) => [x!.type];

/** As its first input, for an operator that works along the last axis. */
export const sameAlongLastAxis =
  (operator: string): Infer =>
  ([x], attributes) => {
    requireAxis(operator, x!.type.shape, attributes, -1);
    return [x!.type];
  };

export const broadcasted =
  (operator: string): Infer =>
  ([left, right]) => [
    { ...left!.type, shape: broadcastShapes(operator, left!.type.shape, right!.type.shape) },
  ];

export const compared =
  (operator: string): Infer =>
  ([left, right]) => [
    { elementType: "bool", shape: broadcastShapes(operator, left!.type.shape, right!.type.shape) },
  ];

/** For operators whose output shape is data: whoever adds the node says it. */
export const needsDeclaredShape =
  (operator: string): Infer =>
  (inputs) => {
    throw new ShapeError(
      operator,
      inputs.map((input) => input?.type.shape ?? []),
      "declare its output type.",
    );
  };

export const reduced: Infer = ([x, axes], attributes) => {
  const kept = keptShape(x!.type.shape, axes);
  const gone = reducedAxes(x!.type.shape, axes);
  if (gone.length === 0) {
    // ONNX takes no axes for all axes.
    throw new ShapeError("A reduction", [x!.type.shape], "name the axes to be reduced.");
  }
  const keepDimensions = intOf(attributes, "keepdims", 1) === 1;
  return [{ ...x!.type, shape: keepDimensions ? kept : kept.filter((_, axis) => !gone.includes(axis)) }];
};

/** The shape with 1 in place of each reduced axis. */
export function keptShape(shape: Shape, axes: Value | undefined): Shape {
  const gone = reducedAxes(shape, axes);
  return shape.map((extent, axis) => (gone.includes(axis) ? 1 : extent));
}

/** The axis attribute, counted from the front. */
export function axisOf(attributes: Attributes, rank: number): number {
  return (intOf(attributes, "axis", 0) + rank) % rank;
}

/** Throws ShapeError unless the axis attribute is the one axis, first or last, that a rule knows. */
export function requireAxis(operator: string, shape: Shape, attributes: Attributes, only: 0 | -1): void {
  const axis = intOf(attributes, "axis", Number.NaN);
  if ((axis - only) % Math.max(shape.length, 1) !== 0) {
    const place = only === 0 ? "first" : "last";
    throw new ShapeError(operator, [shape], `its rule knows the ${place} axis only; transpose before.`);
  }
}

/** The numbers of a constant integer input. */
export function integersOf(value: Value | undefined): readonly number[] {
  if (value?.origin.kind !== "constant") {
    throw new ShapeError(
      value?.name ?? "An absent input",
      [value?.type.shape ?? []],
      "a constant is needed here.",
    );
  }
  return Array.from(value.origin.data, Number);
}

function reducedAxes(shape: Shape, axes: Value | undefined): readonly number[] {
  return integersOf(axes).map((axis) => (axis + shape.length) % shape.length);
}
