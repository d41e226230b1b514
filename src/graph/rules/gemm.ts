import { unbroadcast } from "../broadcasting.ts";
import { ShapeError } from "../errors.ts";
import { gemm } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";
import { intOf } from "../value.ts";

/**
 * Y = A'·B' + C, where ' is transposition on request. The four cases:
 * A·B: dA = dY·Bᵀ, dB = Aᵀ·dY.     A·Bᵀ: dA = dY·B, dB = dYᵀ·A.
 * Aᵀ·B: dA = B·dYᵀ, dB = A·dY.     Aᵀ·Bᵀ: dA = Bᵀ·dYᵀ, dB = dYᵀ·Aᵀ.     dC = dY, summed back.
 */
export const gemmRule: OperatorRule = {
  operator: "Gemm",
  infer: ([a, b], attributes) => {
    const [rows, inner] = intOf(attributes, "transA", 0) ? [...a!.type.shape].reverse() : a!.type.shape;
    const [outer, columns] = intOf(attributes, "transB", 0) ? [...b!.type.shape].reverse() : b!.type.shape;
    if (inner !== outer || rows === undefined || columns === undefined) {
      throw new ShapeError(
        "Gemm",
        [a!.type.shape, b!.type.shape],
        "two matrices with a common side are needed.",
      );
    }
    return [{ elementType: a!.type.elementType, shape: [rows, columns] }];
  },
  gradient: {
    kind: "rule",
    keeps: { inputs: [0, 1] },
    backward: ({ attributes, upstream, input, inputType }) => {
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
    },
  },
};
