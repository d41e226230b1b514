import { unbroadcast } from "../broadcasting.ts";
import { type Dimension, multiplyDimensions, type Shape } from "../dimension.ts";
import { ShapeError } from "../errors.ts";
import { applyOperator, type OperatorRule, rule } from "../operator.ts";
import { integersOf, needsDeclaredShape, sameAsFirst } from "../shape-inference.ts";
import { ints, intsOf, type Value } from "../value.ts";

/* The same numbers in another shape or order, or repeated. */

export const identity = (x: Value): Value => applyOperator("Identity", [x]);

/** dX = dY */
const identityRule: OperatorRule = {
  operator: "Identity",
  infer: sameAsFirst,
  gradient: rule({}, ({ upstream }) => [() => upstream]),
};

/**
 * The same numbers in another shape. One extent that cannot be named may be given as -1; extents with
 * unknowns are written as 0 (copied) or -1 (inferred) where that suffices, else computed at run time.
 */
export function reshape(x: Value, shape: Shape): Value {
  const target = shape.includes(-1) ? resolveWildcard(x, shape) : shape;
  if (multiplyDimensions(...x.type.shape) !== multiplyDimensions(...target)) {
    throw new ShapeError("Reshape", [x.type.shape, target], "the sizes differ.");
  }
  const codes = target.map((extent, axis) => {
    if (typeof extent === "number") {
      return extent;
    }
    return extent === x.type.shape[axis] ? 0 : -1;
  });
  const { graph } = x;
  const enough = codes.filter((code) => code === -1).length <= 1;
  const shapeValue = enough ? graph.integers(codes) : graph.runtimeShape(target);
  return applyOperator("Reshape", [x, shapeValue], {}, { ...x.type, shape: target });
}

/** All axes but the last merged into one: [.., K] becomes [N, K]. */
export const flattenRows = (x: Value): Value =>
  x.type.shape.length === 2 ? x : reshape(x, [-1, x.type.shape.at(-1)!]);

function resolveWildcard(x: Value, shape: Shape): Shape {
  const rest = shape.filter((extent) => extent !== -1 && extent !== 1);
  const remaining = [...x.type.shape];
  const leftOver: Dimension[] = [];
  for (const extent of rest) {
    const at = remaining.indexOf(extent);
    if (at >= 0) {
      remaining.splice(at, 1);
    } else {
      leftOver.push(extent);
    }
  }
  const unmatched = leftOver.length === 0 ? 1 : multiplyDimensions(...leftOver);
  const product = multiplyDimensions(...remaining);
  if (unmatched === 1) {
    return shape.map((extent) => (extent === -1 ? product : extent));
  }
  if (typeof product === "number" && typeof unmatched === "number" && product % unmatched === 0) {
    return shape.map((extent) => (extent === -1 ? product / unmatched : extent));
  }
  throw new ShapeError("Reshape", [x.type.shape, shape], "the extent for -1 cannot be worked out.");
}

/** dX = dY in the shape of X. */
const putBack = rule({}, ({ upstream, inputType }) => [() => reshape(upstream, inputType(0).shape), null]);

const reshapeRule: OperatorRule = { operator: "Reshape", infer: needsDeclaredShape, gradient: putBack };

/** Takes out axes of extent 1. */
export const squeeze = (x: Value, axes: readonly number[]): Value =>
  applyOperator("Squeeze", [x, x.graph.integers(axes)]);

const squeezeRule: OperatorRule = {
  operator: "Squeeze",
  infer: ([x, axes]) => {
    const { shape } = x!.type;
    const removed = integersOf(axes).map((axis) => (axis + shape.length) % shape.length);
    if (removed.some((axis) => shape[axis] !== 1)) {
      throw new ShapeError("Squeeze", [shape], `only axes of extent 1 can go, not all of ${removed} are.`);
    }
    return [{ ...x!.type, shape: shape.filter((_, axis) => !removed.includes(axis)) }];
  },
  gradient: putBack,
};

/** Puts in axes of extent 1, counted in the shape that comes out. */
export const unsqueeze = (x: Value, axes: readonly number[]): Value =>
  applyOperator("Unsqueeze", [x, x.graph.integers(axes)]);

const unsqueezeRule: OperatorRule = {
  operator: "Unsqueeze",
  infer: ([x, axes]) => {
    const shape = [...x!.type.shape];
    const rank = shape.length + integersOf(axes).length;
    const added = integersOf(axes).map((axis) => (axis + rank) % rank);
    for (const axis of added.sort((a, b) => a - b)) {
      shape.splice(axis, 0, 1);
    }
    return [{ ...x!.type, shape }];
  },
  gradient: putBack,
};

export const transpose = (x: Value, permutation: readonly number[]): Value =>
  applyOperator("Transpose", [x], { perm: ints(permutation) });

/** Swaps the last two axes. */
export function transposeMatrix(x: Value): Value {
  const axes = x.type.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

/** dX = dY with the axes put back. */
const transposeRule: OperatorRule = {
  operator: "Transpose",
  infer: ([x], attributes) => {
    const { shape } = x!.type;
    const permutation = intsOf(attributes, "perm", []);
    if (permutation.length !== shape.length || shape.some((_, axis) => !permutation.includes(axis))) {
      throw new ShapeError("Transpose", [shape], `[${permutation.join(", ")}] does not name each axis once.`);
    }
    return [{ ...x!.type, shape: permutation.map((axis) => shape[axis]!) }];
  },
  gradient: rule({}, ({ attributes, upstream }) => [
    () => {
      const permutation = intsOf(attributes, "perm", []);
      const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
      return transpose(upstream, inverse);
    },
  ]),
};

/** Repeats along axes of extent 1, and along new leading axes, up to the given shape. */
export function expand(x: Value, shape: Shape): Value {
  const added = shape.length - x.type.shape.length;
  const fits = x.type.shape.every((extent, axis) => extent === 1 || extent === shape[axis + added]);
  if (added < 0 || !fits) {
    const advice = "only axes of extent 1 and new leading axes repeat.";
    throw new ShapeError("Expand", [x.type.shape, shape], advice);
  }
  return applyOperator("Expand", [x, x.graph.runtimeShape(shape)], {}, { ...x.type, shape });
}

/** dX = dY summed over the axes that were repeated. */
const expandRule: OperatorRule = {
  operator: "Expand",
  infer: needsDeclaredShape,
  gradient: rule({}, ({ upstream, inputType }) => [() => unbroadcast(upstream, inputType(0).shape), null]),
};

export const views: readonly OperatorRule[] = [
  identityRule,
  reshapeRule,
  squeezeRule,
  unsqueezeRule,
  transposeRule,
  expandRule,
];
