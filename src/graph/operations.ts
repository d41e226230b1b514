import type { Dimension, Shape } from "./dimension.ts";
import { multiplyDimensions } from "./dimension.ts";
import { ShapeError } from "./errors.ts";
import type { ElementType, Value } from "./value.ts";
import { float, int, ints, text } from "./value.ts";

/*
 * The operations a model is written with, one function each. All follow the ONNX operator of the same
 * name (opset 23); a number stands for a scalar constant.
 */

export type Operand = Value | number;

export const add = (left: Value, right: Operand): Value => binary("Add", left, right);
export const sub = (left: Value, right: Operand): Value => binary("Sub", left, right);
export const mul = (left: Value, right: Operand): Value => binary("Mul", left, right);
export const div = (left: Value, right: Operand): Value => binary("Div", left, right);
export const pow = (base: Value, exponent: number): Value => binary("Pow", base, exponent);

export const neg = (x: Value): Value => one("Neg", [x]);
export const abs = (x: Value): Value => one("Abs", [x]);
export const sqrt = (x: Value): Value => one("Sqrt", [x]);
export const exp = (x: Value): Value => one("Exp", [x]);
export const log = (x: Value): Value => one("Log", [x]);
export const erf = (x: Value): Value => one("Erf", [x]);
export const tanh = (x: Value): Value => one("Tanh", [x]);
export const sigmoid = (x: Value): Value => one("Sigmoid", [x]);
export const softplus = (x: Value): Value => one("Softplus", [x]);
export const relu = (x: Value): Value => one("Relu", [x]);
/** Exact GELU, x·Φ(x) with the error function, as in BERT. */
export const gelu = (x: Value): Value => one("Gelu", [x]);
/** α·x + β, limited to [0, 1]. */
export const hardSigmoid = (x: Value, alpha: number, beta: number): Value =>
  one("HardSigmoid", [x], { alpha: float(alpha), beta: float(beta) });
/** −1, 0 or 1. */
export const sign = (x: Value): Value => one("Sign", [x]);
export const not = (x: Value): Value => one("Not", [x]);
export const identity = (x: Value): Value => one("Identity", [x]);

export const matMul = (left: Value, right: Value): Value => one("MatMul", [left, right]);

/** α·A'·B' + C for matrices, where ' is transposition on request. */
export function gemm(
  a: Value,
  b: Value,
  options: { readonly transA?: boolean; readonly transB?: boolean; readonly bias?: Value } = {},
): Value {
  const inputs = options.bias === undefined ? [a, b] : [a, b, options.bias];
  return one("Gemm", inputs, { transA: int(options.transA ? 1 : 0), transB: int(options.transB ? 1 : 0) });
}

/** A frozen weight [out, in] twice: as it is, and as codes [in, out] (int8) with a scale for each output. */
export interface QuantisedWeight {
  readonly weight: Value;
  readonly codes: Value;
  readonly scales: Value;
}

/**
 * x·Wᵀ + b for rows x [N, in] with both sides in 8 bits: the weight's codes, and x rounded over its range in
 * this run. The gradient for x is that of the product without rounding.
 */
export const dynamicQuantizeMatMul = (
  x: Value,
  { weight, codes, scales }: QuantisedWeight,
  bias: Value,
): Value => x.graph.node("DynamicQuantizeMatMul", [x, codes, scales, undefined, bias, weight])[0]!;

export const softmax = (x: Value): Value => one("Softmax", [x], { axis: int(-1) });
export const logSoftmax = (x: Value): Value => one("LogSoftmax", [x], { axis: int(-1) });

/** Normalises the last axis. Mean and inverse deviation are kept for the backward pass. */
export function layerNormalization(x: Value, scale: Value, bias: Value, epsilon: number): Value {
  return x.graph.node("LayerNormalization", [x, scale, bias], { axis: int(-1), epsilon: float(epsilon) })[0]!;
}

/** What attention takes besides queries, keys and values: [B, h, p, dh] each. */
export interface PastKeysAndValues {
  readonly keys: Value;
  readonly values: Value;
}

/**
 * Scaled dot-product attention of queries [B, Q, h·dh] to keys and values [B, S, h·dh], which p further
 * ones may precede; mask [B, 1, Q, p+S] is added to the scores. [B, Q, h·dh].
 */
export function attention(
  [queries, keys, values]: readonly [Value, Value, Value],
  heads: number,
  mask: Value,
  past?: PastKeysAndValues,
): Value {
  const inputs = [queries, keys, values, mask, ...(past === undefined ? [] : [past.keys, past.values])];
  const attributes = { q_num_heads: int(heads), kv_num_heads: int(heads), qk_matmul_output_mode: int(3) };
  return one("Attention", inputs, attributes);
}

export const gather = (data: Value, indices: Value): Value =>
  one("Gather", [data, indices], { axis: int(0) });

/** Picks along the last axis: `out[..., k] = data[..., indices[..., k]]`. */
export const gatherElements = (data: Value, indices: Value): Value =>
  one("GatherElements", [data, indices], { axis: int(-1) });

/**
 * Adds row i of `updates` [N, ..] to the row of `data` that `indices` (any shape, N in all) name. Not by
 * ScatterND: with several threads ONNX Runtime loses sums there where an index repeats.
 */
export function scatterRows(data: Value, indices: Value, updates: Value): Value {
  const shape = updates.type.shape;
  const column = reshape(cast(indices, "int64"), [-1, ...shape.slice(1).map(() => 1)]);
  const places = expand(column, shape);
  return one("ScatterElements", [data, places, updates], { axis: int(0), reduction: text("add") });
}

/** Adds each update at its index along the last axis. */
export const scatterElements = (data: Value, indices: Value, updates: Value): Value =>
  one("ScatterElements", [data, indices, updates], { axis: int(-1), reduction: text("add") });

export const concat = (values: readonly Value[], axis: number): Value =>
  one("Concat", values, { axis: int(axis) });

/** Elements `start` up to `end` (exclusive; unlimited if left out) of one axis. */
export function slice(x: Value, axis: number, start: number, end = Number.MAX_SAFE_INTEGER): Value {
  const { graph } = x;
  return one("Slice", [x, graph.integers([start]), graph.integers([end]), graph.integers([axis])]);
}

export const transpose = (x: Value, permutation: readonly number[]): Value =>
  one("Transpose", [x], { perm: ints(permutation) });

/** Swaps the last two axes. */
export function transposeMatrix(x: Value): Value {
  const axes = x.type.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

export const unsqueeze = (x: Value, axes: readonly number[]): Value =>
  one("Unsqueeze", [x, x.graph.integers(axes)]);

export const squeeze = (x: Value, axes: readonly number[]): Value =>
  one("Squeeze", [x, x.graph.integers(axes)]);

export const where = (condition: Value, yes: Value, no: Value): Value => one("Where", [condition, yes, no]);
export const greater = (left: Value, right: Operand): Value => binary("Greater", left, right);
export const or = (left: Value, right: Value): Value => binary("Or", left, right);
export const equal = (left: Value, right: Operand): Value => binary("Equal", left, right);

/** Limits to [low, high]. */
export const clip = (x: Value, low: number, high: number): Value =>
  one("Clip", [x, x.graph.scalar(low), x.graph.scalar(high)]);

const onnxElementType: Readonly<Record<ElementType, number>> = {
  float32: 1,
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
  return x.graph.node("Cast", [x], { to: int(onnxElementType[elementType]) }, [type])[0]!;
}

export function reduceSum(x: Value, axes: readonly number[], keepDimensions = false): Value {
  return reduce("ReduceSum", x, axes, keepDimensions);
}

export function reduceMean(x: Value, axes: readonly number[], keepDimensions = false): Value {
  return reduce("ReduceMean", x, axes, keepDimensions);
}

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
  return graph.node("Reshape", [x, shapeValue], {}, [{ ...x.type, shape: target }])[0]!;
}

/** Repeats along axes of extent 1, and along new leading axes, up to the given shape. */
export function expand(x: Value, shape: Shape): Value {
  const { graph } = x;
  const added = shape.length - x.type.shape.length;
  const fits = x.type.shape.every((extent, axis) => extent === 1 || extent === shape[axis + added]);
  if (added < 0 || !fits) {
    throw new ShapeError(
      "Expand",
      [x.type.shape, shape],
      "only axes of extent 1 and new leading axes repeat.",
    );
  }
  return graph.node("Expand", [x, graph.runtimeShape(shape)], {}, [{ ...x.type, shape }])[0]!;
}

/** A float32 tensor of zeros. */
export function zeros(graph: Value["graph"], shape: Shape): Value {
  const type = { elementType: "float32", shape } as const;
  return graph.node("ConstantOfShape", [graph.runtimeShape(shape)], {}, [type])[0]!;
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

function reduce(operator: string, x: Value, axes: readonly number[], keepDimensions: boolean): Value {
  const attributes = { keepdims: int(keepDimensions ? 1 : 0) };
  return axes.length === 0 ? x : one(operator, [x, x.graph.integers(axes)], attributes);
}

function binary(operator: string, left: Value, right: Operand): Value {
  return one(operator, [left, typeof right === "number" ? left.graph.scalar(right) : right]);
}

function one(operator: string, inputs: readonly Value[], attributes = {}): Value {
  return inputs[0]!.graph.node(operator, inputs, attributes)[0]!;
}
