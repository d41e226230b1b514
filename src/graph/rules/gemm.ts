import { broadcastShapes, unbroadcast } from "../broadcasting.ts";
import { equalShapes, type Shape } from "../dimension.ts";
import { ShapeError } from "../errors.ts";
import { gemm } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";
import { type Attributes, floatOf, intOf } from "../value.ts";

/**
 * Y = A'·B' + C, where ' is transposition on request. The four cases:
 * A·B: dA = dY·Bᵀ, dB = Aᵀ·dY.     A·Bᵀ: dA = dY·B, dB = dYᵀ·A.
 * Aᵀ·B: dA = B·dYᵀ, dB = A·dY.     Aᵀ·Bᵀ: dA = Bᵀ·dYᵀ, dB = dYᵀ·Aᵀ.     dC = dY, summed back.
 */
export const gemmRule: OperatorRule = {
  operator: "Gemm",
  infer: ([a, b, bias], attributes) => {
    const shapes = [a!, b!].map(({ type }) => type.shape);
    const refuse = (advice: string): never => {
      throw new ShapeError("Gemm", bias === undefined ? shapes : [...shapes, bias.type.shape], advice);
    };
    const [left, right] = [
      turned(shapes[0]!, attributes, "transA"),
      turned(shapes[1]!, attributes, "transB"),
    ];
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

function turned(shape: Shape, attributes: Attributes, name: "transA" | "transB"): Shape {
  return intOf(attributes, name, 0) === 1 ? shape.toReversed() : shape;
}
