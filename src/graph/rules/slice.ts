import { addDimensions, type Dimension, subtractDimensions } from "../dimension.ts";
import { ShapeError } from "../errors.ts";
import { integersOf } from "../inference.ts";
import { concat, zeros } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";
import type { Value } from "../value.ts";

/** Ends from here on mean the end of the axis; ONNX clamps them. */
const unlimited = 2 ** 31;

/** dX = dY with zeros before and after it. One axis, step 1, limits known when the graph is built. */
export const sliceRule: OperatorRule = {
  operator: "Slice",
  infer: (inputs) => {
    const { elementType, shape } = inputs[0]!.type;
    const [axis, before, after] = stretch(inputs);
    const extent = subtractDimensions(subtractDimensions(shape[axis]!, before), after);
    return [{ elementType, shape: shape.with(axis, extent) }];
  },
  gradient: {
    kind: "rule",
    keeps: { inputs: [1, 2, 3] },
    backward: ({ node, upstream, inputType }) => [
      () => {
        const [axis, before, after] = stretch(node.inputs);
        const padding = (extent: Dimension): readonly Value[] =>
          extent === 0 ? [] : [zeros(upstream.graph, inputType(0).shape.with(axis, extent))];
        const parts = [...padding(before), upstream, ...padding(after)];
        return parts.length === 1 ? upstream : concat(parts, axis);
      },
      null,
      null,
      null,
    ],
  },
};

/**
 * The axis of a Slice, and what it leaves out at the front and at the end of it. On an unknown extent
 * the limits are taken to lie within it.
 */
function stretch(inputs: readonly (Value | undefined)[]): readonly [number, Dimension, Dimension] {
  const [x, start, end, axes, steps] = inputs;
  const { shape } = x!.type;
  if (steps !== undefined || integersOf(axes).length !== 1) {
    throw new ShapeError("Slice", [shape], "its rule knows one axis and step 1; slice axis by axis.");
  }
  const axis = (integersOf(axes)[0]! + shape.length) % shape.length;
  const extent = shape[axis]!;
  const place = (limit: number): Dimension => {
    const fromFront = limit < 0 ? addDimensions(extent, limit) : limit >= unlimited ? extent : limit;
    const isKnown = typeof fromFront === "number" && typeof extent === "number";
    return isKnown ? Math.min(Math.max(fromFront, 0), extent) : fromFront;
  };
  const [first, last] = [place(integersOf(start)[0]!), place(integersOf(end)[0]!)];
  const isEmpty = typeof first === "number" && typeof last === "number" && last < first;
  return [axis, first, subtractDimensions(extent, isEmpty ? first : last)];
}
