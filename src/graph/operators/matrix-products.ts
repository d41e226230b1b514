import { broadcastShapes, unbroadcast } from "../broadcasting.ts";
import { equalShapes, type Shape } from "../dimension.ts";
import { ShapeError } from "../errors.ts";
import { applyOperator, type OperatorRule, rule } from "../operator.ts";
import { type Attributes, floatOf, int, intOf, type Value } from "../value.ts";
import { flattenRows, transposeMatrix } from "./views.ts";

export const matMul = (left: Value, right: Value): Value => applyOperator("MatMul", [left, right]);

/**
 * Y = A·B over the last two axes, leading axes broadcast.
 * dA = dY·Bᵀ  [.., M,N]·[.., N,K] and dB = Aᵀ·dY  [.., K,M]·[.., M,N], summed back over what was
 * broadcast. For a matrix B (a weight) all rows of A are one long matrix, so dB is a single product.
 */
const matMulRule: OperatorRule = {
  operator: "MatMul",
  infer: ([a, b]) => {
    const [left, right] = [a!.type.shape, b!.type.shape];
    if (left.length < 2 || right.length < 2 || left.at(-1) !== right.at(-2)) {
      const advice = "the columns of the first must be the rows of the second.";
      throw new ShapeError("MatMul", [left, right], advice);
    }
    const leading = broadcastShapes("MatMul", left.slice(0, -2), right.slice(0, -2));
    return [{ elementType: a!.type.elementType, shape: [...leading, left.at(-2)!, right.at(-1)!] }];
  },
  gradient: rule({ inputs: [0, 1] }, ({ upstream, input, inputType }) => [
    () => unbroadcast(matMul(upstream, transposeMatrix(input(1))), inputType(0).shape),
    () =>
      inputType(1).shape.length === 2
        ? gemm(flattenRows(input(0)), flattenRows(upstream), { transA: true })
        : unbroadcast(matMul(transposeMatrix(input(0)), upstream), inputType(1).shape),
  ]),
};

/** A'·B' + C for matrices, where ' is transposition on request. */
export function gemm(
  a: Value,
  b: Value,
  options: { readonly transA?: boolean; readonly transB?: boolean; readonly bias?: Value } = {},
): Value {
  const inputs = options.bias === undefined ? [a, b] : [a, b, options.bias];
  const attributes = { transA: int(options.transA ? 1 : 0), transB: int(options.transB ? 1 : 0) };
  return applyOperator("Gemm", inputs, attributes);
}

/**
 * Y = A'·B' + C. The four cases:
 * A·B: dA = dY·Bᵀ, dB = Aᵀ·dY.     A·Bᵀ: dA = dY·B, dB = dYᵀ·A.
 * Aᵀ·B: dA = B·dYᵀ, dB = A·dY.     Aᵀ·Bᵀ: dA = Bᵀ·dYᵀ, dB = dYᵀ·Aᵀ.     dC = dY, summed back.
 */
const gemmRule: OperatorRule = {
  operator: "Gemm",
  infer: ([a, b, bias], attributes) => {
    const shapes = [a!, b!].map(({ type }) => type.shape);
    const refuse = (advice: string): never => {
      throw new ShapeError("Gemm", bias === undefined ? shapes : [...shapes, bias.type.shape], advice);
    };
    const left = turned(shapes[0]!, attributes, "transA");
    const right = turned(shapes[1]!, attributes, "transB");
    if (left.length !== 2 || right.length !== 2 || left[1] !== right[0]) {
      refuse("two matrices with a common side are needed.");
    }
    const product = [left[0]!, right[1]!];
    if (bias !== undefined && !equalShapes(broadcastShapes("Gemm", product, bias.type.shape), product)) {
      refuse("the bias must not be larger than the product.");
    }
    if (floatOf(attributes, "alpha", 1) !== 1 || floatOf(attributes, "beta", 1) !== 1) {
      refuse("its rule knows no alpha and beta; multiply instead.");
    }
    return [{ elementType: a!.type.elementType, shape: product }];
  },
  gradient: rule({ inputs: [0, 1] }, ({ attributes, upstream, input, inputType }) => {
    const transA = intOf(attributes, "transA", 0) === 1;
    const transB = intOf(attributes, "transB", 0) === 1;
    return [
      () =>
        transA
          ? gemm(input(1), upstream, { transA: transB, transB: true })
          : gemm(upstream, input(1), { transB: !transB }),
      () =>
        transB
          ? gemm(upstream, input(0), { transA: true, transB: transA })
          : gemm(input(0), upstream, { transA: !transA }),
      () => unbroadcast(upstream, inputType(2).shape),
    ];
  }),
};

function turned(shape: Shape, attributes: Attributes, name: "transA" | "transB"): Shape {
  return intOf(attributes, name, 0) === 1 ? shape.toReversed() : shape;
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
): Value => applyOperator("DynamicQuantizeMatMul", [x, codes, scales, undefined, bias, weight]);

/**
 * Y ≈ X·Wᵀ + b with X [N, in] rounded to 8 bits over its range in this run, codes of W [in, out] (int8), a
 * scale for each output [out], no zero point, and b [out]. Products of 8-bit numbers take a third of the
 * time. W [out, in] itself comes last and is for the gradient, which looks through the rounding
 * (straight-through estimator: Bengio, Léonard and Courville 2013, arXiv 1308.3432): dX = dY·W. Nothing
 * else is learned.
 */
const dynamicQuantizeMatMulRule: OperatorRule = {
  operator: "DynamicQuantizeMatMul",
  beyondOnnx: true,
  writtenInputs: 5,
  infer: (inputs) => {
    const shapes = inputs.map((input) => input?.type.shape ?? []);
    const [x, codes, scales, , bias, weight] = shapes;
    const [rows, into] = x!;
    const [out] = weight!;
    const wanted = [[rows, into], [into, out], [out], [], [out], [out, into]];
    const fits = shapes.every((shape, at) =>
      equalShapes(
        shape,
        wanted[at]!.map((d) => d!),
      ),
    );
    if (!fits || x!.length !== 2 || inputs[1]!.type.elementType !== "int8") {
      const given = [x!, codes!, scales!, bias!, weight!];
      throw new ShapeError("DynamicQuantizeMatMul", given, "codes are int8 [in, out].");
    }
    return [{ elementType: "float32", shape: [rows!, out!] }];
  },
  gradient: rule({ inputs: [5] }, ({ upstream, input }) => [
    () => gemm(upstream, input(5)),
    null,
    null,
    null,
    null,
    null,
  ]),
};

export const matrixProducts: readonly OperatorRule[] = [matMulRule, gemmRule, dynamicQuantizeMatMulRule];
