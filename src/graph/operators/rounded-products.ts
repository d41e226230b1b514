import { equalShapes } from "../dimension.ts";
import { ShapeError } from "../errors.ts";
import { applyOperator, backwardOnly, none, type OperatorRule, rule } from "../operator.ts";
import { sameAsFirst } from "../shape-inference.ts";
import { int, intOf, type Value } from "../value.ts";
import { add, mul, sub } from "./arithmetic.ts";
import { abs, clip } from "./functions.ts";
import { gather } from "./indexing.ts";
import { cast } from "./logic.ts";
import { gemm, matMul } from "./matrix-products.ts";
import { reduceMax, reduceSum } from "./reductions.ts";
import { expand, reshape, unsqueeze } from "./views.ts";

/* Products of 8-bit numbers, which take a third of the time. */

/**
 * How far the unsigned codes of rows go that are multiplied with 8-bit matrices: over all 8 bits, or half as far for processors
 * that add pairs of products with 16 bits, as 2·129·127 still fits there.
 */
export type LargestCode = 255 | 129;

/** A frozen matrix W [out, in] = codes · scales: int8 codes from −127 to 127, and a scale for each output. */
export interface ByteMatrix {
  /** [out, in] */
  readonly codes: Value;
  /** The same turned, [in, out]: one of the two is what products forward need, the other backward. */
  readonly turned: Value;
  /** [out] */
  readonly scales: Value;
  /** Of the rows that it is multiplied with. */
  readonly largestCode: LargestCode;
}

/**
 * Y ≈ X·Wᵀ with rows of X [N, in] rounded to 8 bits, each over its own range, so that none depends on the others.
 * The gradient looks through the rounding (straight-through estimator: Bengio, Léonard and Courville 2013,
 * arXiv 1308.3432), and its rows are rounded likewise: dX ≈ (dY · scales)·codes. Nothing of W is learned.
 */
export function roundedProduct(x: Value, matrix: ByteMatrix, spared: SparedRounding = nothingSpared): Value {
  const { codes, scales, largestCode } = matrix;
  const product = sparedProduct(x, matrix, spared);
  return applyOperator("RoundedProduct", [product, x, codes, scales], { largestCode: int(largestCode) });
}

/** What spares a product forward the worst of rounding, the same for every row, so that none depends on the others. */
export interface SparedRounding {
  /**
   * Columns of X with numbers far larger than the rest, which would coarsen the steps of all others: they are multiplied in full
   * (LLM.int8(): Dettmers and others 2022, arXiv 2208.07339, which finds them in each run).
   */
  readonly fullColumns: readonly number[];
  /** No number of X is below, and it is near 0: codes then need no half for what is negative. */
  readonly least?: number;
}

export const nothingSpared: SparedRounding = { fullColumns: [] };

/** Y ≈ X·Wᵀ + b as in {@link roundedProduct}, in fewer steps. For readings: there is no gradient. */
export function readingProduct(x: Value, matrix: ByteMatrix, bias: Value, spared: SparedRounding): Value {
  return sparedProduct(x, matrix, spared, bias);
}

function sparedProduct(x: Value, matrix: ByteMatrix, spared: SparedRounding, bias?: Value): Value {
  requireFit(x, matrix);
  const { turned, scales, largestCode } = matrix;
  const { fullColumns, least } = spared;
  const shift = least === undefined ? undefined : mul(columnSums(matrix), least);
  const added = bias !== undefined && shift !== undefined ? add(bias, shift) : (bias ?? shift);
  const apart = setApart(x, spared, largestCode);
  const rounded = byteProduct(apart.rounded, turned, scales);
  if (apart.full === undefined) return added === undefined ? rounded : add(rounded, added);
  const indices = x.graph.constant(BigInt64Array.from(fullColumns, BigInt), [fullColumns.length]);
  const rows = mul(cast(gather(turned, indices), "float32"), scales);
  return add(rounded, gemm(apart.full, rows, added === undefined ? {} : { bias: added }));
}

interface RowsSetApart {
  readonly rounded: RoundedRows;
  /** The columns that are multiplied in full, [N, columns]. */
  readonly full: Value | undefined;
}

const setApartBefore = new WeakMap<Value, Map<string, RowsSetApart>>();

/** Once for all products that take the same rows. */
function setApart(x: Value, spared: SparedRounding, largestCode: LargestCode): RowsSetApart {
  const before = setApartBefore.get(x) ?? new Map<string, RowsSetApart>();
  setApartBefore.set(x, before);
  const key = JSON.stringify([spared, largestCode]);
  const known = before.get(key);
  if (known !== undefined) return known;
  const { graph } = x;
  const { fullColumns, least } = spared;
  const into = Number(x.type.shape[1]);
  const count = fullColumns.length;
  const picks = new Float32Array(into * count);
  const rest = new Float32Array(into).fill(1);
  for (const [at, column] of fullColumns.entries()) {
    picks[column * count + at] = 1;
    rest[column] = 0;
  }
  const made: RowsSetApart = {
    rounded: roundRows(count === 0 ? x : mul(x, graph.constant(rest, [into])), largestCode, least),
    full: count === 0 ? undefined : matMul(x, graph.constant(picks, [into, count])),
  };
  before.set(key, made);
  return made;
}

/** Σ over the inputs of W, [out]. */
const columnSums = ({ turned, scales }: ByteMatrix): Value =>
  mul(reduceSum(cast(turned, "float32"), [0]), scales);

function requireFit(x: Value, { codes, turned, scales }: ByteMatrix): void {
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
}

const roundedProductRule: OperatorRule = {
  operator: "RoundedProduct",
  writtenAs: "Identity",
  writtenInputs: 1,
  infer: sameAsFirst,
  gradient: rule({ inputs: [2, 3] }, ({ upstream, input, attributes }) => {
    const largestCode = intOf(attributes, "largestCode", 255) as LargestCode;
    const rows = () => roundRows(mul(upstream, input(3)), largestCode);
    return [null, () => byteProduct(rows(), input(2), upstream.graph.scalar(1)), null, null];
  }),
};

/** Where codes of rows begin, and the steps of their range. Unsigned: signed ones on the left are slower, or not there, on some processors. */
const codesOf = {
  255: { signed: { zero: 128, steps: 127 }, fromLeast: { zero: 0, steps: 255 } },
  129: { signed: { zero: 65, steps: 64 }, fromLeast: { zero: 0, steps: 129 } },
} as const;
const [leastRange, mostRange] = [1e-30, 3e38];

/** X = range · codes' distance from zero / steps, row by row. */
interface RoundedRows {
  /** uint8, [N, K] */
  readonly codes: Value;
  /** [N, 1] */
  readonly range: Value;
  readonly zero: Value;
  readonly steps: number;
}

/**
 * Rounds each row of X [N, K] in steps of a 127th of its largest magnitude; X − least, where no number is below that, in steps
 * of a 255th of its largest; of a 64th and a 129th where codes go half as far. A row of zeros stays one.
 */
function roundRows(x: Value, largestCode: LargestCode, least?: number): RoundedRows {
  const { graph } = x;
  const [rows] = x.type.shape;
  const { zero: first, steps } = codesOf[largestCode][least === undefined ? "signed" : "fromLeast"];
  const zero = graph.constant(Uint8Array.of(first), []);
  const numbers = least === undefined ? x : sub(x, least);
  const range = clip(reduceMax(least === undefined ? abs(x) : numbers, [-1], true), leastRange, mostRange);
  const zeros = expand(unsqueeze(zero, [0]), [rows!]);
  const step = reshape(mul(range, 1 / steps), [rows!]);
  const codes = applyOperator("QuantizeLinear", [numbers, step, zeros], { axis: int(0) });
  return { codes, range, zero, steps };
}

/**
 * X·(B · scales) for rounded X [N, K] and codes B [K, M], with a scale for each column or one for all. The product takes one
 * scale for all rows, so it has that of rows in [−1, 1], and each is multiplied by its range afterwards.
 */
function byteProduct({ codes, range, zero, steps }: RoundedRows, matrix: Value, scales: Value): Value {
  const scale = codes.graph.scalar(1 / steps);
  return mul(applyOperator("MatMulIntegerToFloat", [codes, matrix, scale, scales, zero]), range);
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
