import { broadcastShapes, unbroadcast } from "../broadcasting.ts";
import { ShapeError } from "../errors.ts";
import { flattenRows, gemm, matMul, transposeMatrix } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/**
 * Y = A·B over the last two axes, leading axes broadcast.
 * dA = dY·Bᵀ  [.., M,N]·[.., N,K] and dB = Aᵀ·dY  [.., K,M]·[.., M,N], summed back over what was
 * broadcast. For a matrix B (a weight) all rows of A are one long matrix, so dB is a single product.
 */
export const matMulRule: OperatorRule = {
  operator: "MatMul",
  infer: ([a, b]) => {
    const left = a!.type.shape;
    const right = b!.type.shape;
    if (left.length < 2 || right.length < 2 || left.at(-1) !== right.at(-2)) {
      throw new ShapeError(
        "MatMul",
        [left, right],
        "the columns of the first must be the rows of the second.",
      );
    }
    const leading = broadcastShapes("MatMul", left.slice(0, -2), right.slice(0, -2));
    return [{ elementType: a!.type.elementType, shape: [...leading, left.at(-2)!, right.at(-1)!] }];
  },
  gradient: {
    kind: "rule",
    keeps: { inputs: [0, 1] },
    backward: ({ upstream, input, inputType }) => [
      () => unbroadcast(matMul(upstream, transposeMatrix(input(1))), inputType(0).shape),
      () =>
        inputType(1).shape.length === 2
          ? gemm(flattenRows(input(0)), flattenRows(upstream), { transA: true })
          : unbroadcast(matMul(transposeMatrix(input(0)), upstream), inputType(1).shape),
    ],
  },
};
