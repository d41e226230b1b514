import { requireAxis } from "../inference.ts";
import { reshape, scatterRows, zeros } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/**
 * Rows of a table: Y[i…] = X[indices[i…]] along axis 0.
 * dX = zeros with each row of dY added at its index; a row that was taken twice gets both.
 */
export const gatherRule: OperatorRule = {
  operator: "Gather",
  infer: ([data, indices], attributes) => {
    const { elementType, shape } = data!.type;
    requireAxis("Gather", shape, attributes, 0);
    return [{ elementType, shape: [...indices!.type.shape, ...shape.slice(1)] }];
  },
  gradient: {
    kind: "rule",
    keeps: { inputs: [1] },
    backward: ({ upstream, input, inputType }) => [
      () => {
        const [, ...row] = inputType(0).shape;
        const updates = reshape(upstream, [-1, ...row]);
        return scatterRows(zeros(upstream.graph, inputType(0).shape), input(1), updates);
      },
      null,
    ],
  },
};
