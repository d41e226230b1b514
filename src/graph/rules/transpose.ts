import { ShapeError } from "../errors.ts";
import { transpose } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";
import { intsOf } from "../value.ts";

/** dX = dY with the axes put back. */
export const transposeRule: OperatorRule = {
  operator: "Transpose",
  infer: ([x], attributes) => {
    const { shape } = x!.type;
    const permutation = intsOf(attributes, "perm", []);
    if (permutation.length !== shape.length || shape.some((_, axis) => !permutation.includes(axis))) {
      throw new ShapeError("Transpose", [shape], `[${permutation.join(", ")}] does not name each axis once.`);
    }
    return [{ ...x!.type, shape: permutation.map((axis) => shape[axis]!) }];
  },
  gradient: {
    kind: "rule",
    keeps: {},
    backward: ({ attributes, upstream }) => [
      () => {
        const permutation = intsOf(attributes, "perm", []);
        return transpose(
          upstream,
          permutation.map((_, axis) => permutation.indexOf(axis)),
        );
      },
    ],
  },
};
