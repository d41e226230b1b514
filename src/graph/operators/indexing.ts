import { addDimensions, type Dimension, equalShapes, subtractDimensions } from "../dimension.ts";
import { NotDifferentiableError, ShapeError } from "../errors.ts";
import { applyOperator, backwardOnly, type OperatorRule, rule } from "../operator.ts";
import { integersOf, requireAxis } from "../shape-inference.ts";
import { type Attributes, int, intOf, text, type Value } from "../value.ts";
import { zeros } from "./constants.ts";
import { cast } from "./logic.ts";
import { expand, reshape } from "./views.ts";

/* Parts of tensors: picked by index, put back, cut out and joined. */

export const gather = (data: Value, indices: Value): Value =>
  applyOperator("Gather", [data, indices], { axis: int(0) });

/**
 * Rows of a table: Y[i…] = X[indices[i…]] along axis 0.
 * dX = zeros with each row of dY added at its index; a row that was taken twice gets both.
 */
const gatherRule: OperatorRule = {
  operator: "Gather",
  infer: ([data, indices], attributes) => {
    const { elementType, shape } = data!.type;
    requireAxis("Gather", shape, attributes, 0);
    return [{ elementType, shape: [...indices!.type.shape, ...shape.slice(1)] }];
  },
  gradient: rule({ inputs: [1] }, ({ upstream, input, inputType }) => [
    () => {
      const [, ...row] = inputType(0).shape;
      const updates = reshape(upstream, [-1, ...row]);
      return scatterRows(zeros(upstream.graph, inputType(0).shape), input(1), updates);
    },
    null,
  ]),
};

/** Picks along the last axis: `out[..., k] = data[..., indices[..., k]]`. */
export const gatherElements = (data: Value, indices: Value): Value =>
  applyOperator("GatherElements", [data, indices], { axis: int(-1) });

/** dX = zeros with each dY added where it was picked, along the last axis. */
const gatherElementsRule: OperatorRule = {
  operator: "GatherElements",
  infer: ([data, indices], attributes) => {
    const { elementType, shape } = data!.type;
    const picked = indices!.type.shape;
    requireAxis("GatherElements", shape, attributes, -1);
    if (picked.length !== shape.length) {
      throw new ShapeError("GatherElements", [shape, picked], "as many axes are needed on both.");
    }
    return [{ elementType, shape: picked }];
  },
  gradient: rule({ inputs: [1] }, ({ upstream, input, inputType }) => [
    () => scatterElements(zeros(upstream.graph, inputType(0).shape), input(1), upstream),
    null,
  ]),
};

/**
 * Adds row i of `updates` [N, ..] to the row of `data` that `indices` (any shape, N in all) name. Not by
 * ScatterND: with several threads ONNX Runtime loses sums there where an index repeats.
 */
export function scatterRows(data: Value, indices: Value, updates: Value): Value {
  const shape = updates.type.shape;
  const column = reshape(cast(indices, "int64"), [-1, ...shape.slice(1).map(() => 1)]);
  const places = expand(column, shape);
  return applyOperator("ScatterElements", [data, places, updates], { axis: int(0), reduction: text("add") });
}

/** Adds each update at its index along the last axis. */
export const scatterElements = (data: Value, indices: Value, updates: Value): Value =>
  applyOperator("ScatterElements", [data, indices, updates], { axis: int(-1), reduction: text("add") });

/** The backward pass of GatherElements along the last axis and of Gather along the first. */
const scatterElementsRule: OperatorRule = {
  operator: "ScatterElements",
  infer: ([x], attributes) => {
    requireAxis("ScatterElements", x!.type.shape, attributes, intOf(attributes, "axis", -1) === 0 ? 0 : -1);
    return [x!.type];
  },
  gradient: backwardOnly,
};

export const concat = (values: readonly Value[], axis: number): Value =>
  applyOperator("Concat", values, { axis: int(axis) });

/** Each input gets its own stretch of dY. At most one input may have an unknown extent on the axis. */
const concatRule: OperatorRule = {
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
  gradient: rule({}, ({ node, attributes, upstream, inputType }) => {
    const axis = axisOf(attributes, upstream.type.shape.length);
    const extents = node.inputs.map((_, index) => inputType(index).shape[axis]!);
    const known = (part: readonly Dimension[]): number =>
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
  }),
};

/** The axis attribute, counted from the front. */
function axisOf(attributes: Attributes, rank: number): number {
  return (intOf(attributes, "axis", 0) + rank) % rank;
}

/** Elements `start` up to `end` (exclusive; unlimited if left out) of one axis. */
export function slice(x: Value, axis: number, start: number, end = Number.MAX_SAFE_INTEGER): Value {
  const { graph } = x;
  return applyOperator("Slice", [x, graph.integers([start]), graph.integers([end]), graph.integers([axis])]);
}

/** dX = dY with zeros before and after it. One axis, step 1, limits known when the graph is built. */
const sliceRule: OperatorRule = {
  operator: "Slice",
  infer: (inputs) => {
    const { elementType, shape } = inputs[0]!.type;
    const [axis, before, after] = stretch(inputs);
    const extent = subtractDimensions(subtractDimensions(shape[axis]!, before), after);
    return [{ elementType, shape: shape.with(axis, extent) }];
  },
  gradient: rule({ inputs: [1, 2, 3] }, ({ node, upstream, inputType }) => [
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
  ]),
};

/** Ends from here on mean the end of the axis; ONNX clamps them. */
const unlimited = 2 ** 31;

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

export const indexing: readonly OperatorRule[] = [
  gatherRule,
  gatherElementsRule,
  scatterElementsRule,
  concatRule,
  sliceRule,
];
