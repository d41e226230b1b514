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

export const matrixProducts: readonly OperatorRule[] = [matMulRule, gemmRule];
