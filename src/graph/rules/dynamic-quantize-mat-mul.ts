import { equalShapes } from "../dimension.ts";
import { ShapeError } from "../errors.ts";
import { gemm } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/**
 * Y ≈ X·Wᵀ + b with X [N, in] rounded to 8 bits over its range in this run, codes of W [in, out] (int8), a
 * scale for each output [out], no zero point, and b [out]. Products of 8-bit numbers take a third of the
 * time. W [out, in] itself comes last and is for the gradient, which looks through the rounding
 * (straight-through estimator: Bengio, Léonard and Courville 2013, arXiv 1308.3432): dX = dY·W. Nothing
 * else is learned.
 */
export const dynamicQuantizeMatMulRule: OperatorRule = {
  operator: "DynamicQuantizeMatMul",
  beyondOnnx: true,
  writtenInputs: 5,
  infer: (inputs) => {
    const [x, codes, scales, , bias, weight] = inputs.map((input) => input?.type.shape ?? []);
    const [rows, into] = x!;
    const [out] = weight!;
    const wanted = [[rows, into], [into, out], [out], [], [out], [out, into]];
    const fits = inputs.every((input, at) =>
      equalShapes(
        input?.type.shape ?? [],
        wanted[at]!.map((d) => d!),
      ),
    );
    if (!fits || x!.length !== 2 || inputs[1]!.type.elementType !== "int8") {
      throw new ShapeError(
        "DynamicQuantizeMatMul",
        [x!, codes!, scales!, bias!, weight!],
        "codes are int8 [in, out].",
      );
    }
    return [{ elementType: "float32", shape: [rows!, out!] }];
  },
  gradient: {
    kind: "rule",
    keeps: { inputs: [5] },
    backward: ({ upstream, input }) => [() => gemm(upstream, input(5)), null, null, null, null, null],
  },
};
