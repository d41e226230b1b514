import { addDimensions, equalShapes } from "../dimension.ts";
import { NotDifferentiableError, ShapeError } from "../errors.ts";
import { axisOf } from "../inference.ts";
import { slice } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** Each input gets its own stretch of dY. At most one input may have an unknown extent on the axis. */
export const concatRule: OperatorRule = {
  operator: "Concat",
  infer: (inputs, attributes) => {
    const shapes = inputs.map((input) => input!.type.shape);
    const axis = axisOf(attributes, shapes[0]!.length);
    const others = shapes[0]!.toSpliced(axis, 1);
    const fits = shapes.every(
      (shape) => shape.length === shapes[0]!.length && equalShapes(shape.toSpliced(axis, 1), others),
    );
    if (!fits) {
      throw new ShapeError("Concat", shapes, "all axes but the joined one must be equal.");
    }
    const extent = addDimensions(...shapes.map((shape) => shape[axis]!));
    return [{ elementType: inputs[0]!.type.elementType, shape: shapes[0]!.with(axis, extent) }];
  },
  gradient: {
    kind: "rule",
    keeps: {},
    backward: ({ node, attributes, upstream, inputType }) => {
      const axis = axisOf(attributes, upstream.type.shape.length);
      const extents = node.inputs.map((_, index) => inputType(index).shape[axis]!);
      const known = (part: readonly (number | string)[]): number =>
        part.reduce<number>((sum, extent) => (typeof extent === "number" ? sum + extent : Number.NaN), 0);
      return node.inputs.map((_, index) => () => {
        // Counted from the front as long as that is known, else from the end.
        const before = known(extents.slice(0, index));
        const after = known(extents.slice(index));
        const fromEnd = after === 0 ? Number.MAX_SAFE_INTEGER : -after;
        const start = Number.isNaN(before) ? fromEnd : before;
        const rest = known(extents.slice(index + 1));
        const end = Number.isNaN(rest) ? before + known([extents[index]!]) : rest === 0 ? undefined : -rest;
        if (Number.isNaN(start) || Number.isNaN(end ?? 0)) {
          throw new NotDifferentiableError("Concat", node.name, index, "two inputs of unknown extent.");
        }
        return slice(upstream, axis, start, end);
      });
    },
  },
};
