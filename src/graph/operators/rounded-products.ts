import { equalShapes } from "../dimension.ts";
import { ShapeError } from "../errors.ts";
import { applyOperator, backwardOnly, none, type OperatorRule, rule } from "../operator.ts";
import { sameAsFirst } from "../shape-inference.ts";
import { int, type Value } from "../value.ts";
import { mul } from "./arithmetic.ts";
import { abs, clip } from "./functions.ts";
import { reduceMax } from "./reductions.ts";
import { expand, reshape, unsqueeze } from "./views.ts";

/* Products of 8-bit numbers, which take a third of the time. */

/** A frozen matrix W [out, in] = codes · scales: int8 codes from −127 to 127, and a scale for each output. */
export interface ByteMatrix {
  /** [out, in] */
  readonly codes: Value;
  /** The same turned, [in, out]: one of the two is what products forward need, the other backward. */
  readonly turned: Value;
  /** [out] */
  readonly scales: Value;
}

/**
 * Y ≈ X·Wᵀ with rows of X [N, in] rounded to 8 bits, each over its own range, so that none depends on the others.
 * The gradient looks through the rounding (straight-through estimator: Bengio, Léonard and Courville 2013,
 * arXiv 1308.3432), and its rows are rounded likewise: dX ≈ (dY · scales)·codes. Nothing of W is learned.
 */
export function roundedProduct(x: Value, { codes, turned, scales }: ByteMatrix): Value {
  const shapes = [x, codes, turned, scales].map(({ type }) => type.shape);
  const [rows, into] = shapes[0]!;
  const [out] = shapes[3]!;
  const wanted = [[rows, into], [out, into], [into, out], [out]];
  const fits = shapes.every((shape, at) =>
    equalShapes(
      shape,
      wanted[at]!.map((extent) => extent!),
    ),
  );
  if (!fits || [codes, turned].some(({ type }) => type.elementType !== "int8")) {
    throw new ShapeError("A product in 8 bits", shapes, "codes are int8, [out, in] and turned [in, out].");
  }
  return applyOperator("RoundedProduct", [rowProduct(x, turned, scales), x, codes, scales]);
}

const roundedProductRule: OperatorRule = {
  operator: "RoundedProduct",
  writtenAs: "Identity",
  writtenInputs: 1,
  infer: sameAsFirst,
  gradient: rule({ inputs: [2, 3] }, ({ upstream, input }) => [
    null,
    () => rowProduct(mul(upstream, input(3)), input(2), upstream.graph.constant(Float32Array.of(1), [])),
    null,
    null,
  ]),
};

const largestCode = 127;
/** Of unsigned codes; signed ones on the left are slower, or not there, on some processors. */
const zeroCode = 128;
const [leastRange, mostRange] = [1e-30, 3e38];

/**
 * X·(B · scales) for X [N, K] and codes B [K, M], with a scale for each column or one for all. Each row is rounded in
 * steps of a 127th of its largest magnitude; a row of zeros stays one. The product takes one scale for all rows, so it
 * has that of rows in [−1, 1], and each is multiplied by its range afterwards.
 */
function rowProduct(x: Value, codes: Value, scales: Value): Value {
  const { graph } = x;
  const [rows] = x.type.shape;
  // [N, 1]
  const range = clip(reduceMax(abs(x), [-1], true), leastRange, mostRange);
  const zero = graph.constant(Uint8Array.of(zeroCode), []);
  const zeros = expand(unsqueeze(zero, [0]), [rows!]);
  const scale = graph.scalar(1 / largestCode);
  const steps = reshape(mul(range, scale), [rows!]);
  const rounded = applyOperator("QuantizeLinear", [x, steps, zeros], { axis: int(0) });
  return mul(applyOperator("MatMulIntegerToFloat", [rounded, codes, scale, scales, zero]), range);
}

/** Round(X/scale) + zero, as uint8, with scale and zero for each row. Piecewise constant. */
const quantizeLinearRule: OperatorRule = {
  operator: "QuantizeLinear",
  infer: ([x]) => [{ elementType: "uint8", shape: x!.type.shape }],
  gradient: none,
};

/** (A − zero)·B · scale · scales for A [N, K] uint8 and B [K, M] int8. */
const matMulIntegerToFloatRule: OperatorRule = {
  operator: "MatMulIntegerToFloat",
  beyondOnnx: true,
  infer: ([a, b]) => [{ elementType: "float32", shape: [a!.type.shape[0]!, b!.type.shape[1]!] }],
  gradient: backwardOnly,
};

export const roundedProducts: readonly OperatorRule[] = [
  roundedProductRule,
  quantizeLinearRule,
  matMulIntegerToFloatRule,
];
