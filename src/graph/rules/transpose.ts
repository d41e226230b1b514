import { transpose } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";
import { intsOf } from "../value.ts";

/** dX = dY with the axes put back. */
export const transposeRule: OperatorRule = {
  operator: "Transpose",
  infer: ([x], attributes) => {
    const permutation = intsOf(attributes, "perm", []);
    return [{ ...x!.type, shape: permutation.map((axis) => x!.type.shape[axis]!) }];
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
