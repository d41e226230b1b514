import type { Shape } from "./dimension.ts";
import { ShapeError } from "./errors.ts";
import { type Attributes, intOf, type TensorType, type Value } from "./value.ts";

/** The types of an operator's outputs, of its inputs and attributes; its name is for errors. Throws ShapeError. */
export type ShapeInference = (
  inputs: readonly (Value | undefined)[],
  attributes: Attributes,
  operator: string,
) => readonly TensorType[];

export const sameAsFirst: ShapeInference = ([x]) => [x!.type];

/** For operators whose output shape is data: whoever adds the node says it. */
export const needsDeclaredShape: ShapeInference = (inputs, _, operator) => {
  const shapes = inputs.map((input) => input?.type.shape ?? []);
  throw new ShapeError(operator, shapes, "declare its output type.");
};

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
    const shapes = [value?.type.shape ?? []];
    throw new ShapeError(value?.name ?? "An absent input", shapes, "a constant is needed here.");
  }
  return Array.from(value.origin.data, Number);
}
