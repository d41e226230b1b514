import { scatterElements, zeros } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = zeros with each dY added where it was picked, along the last axis. */
export const gatherElementsRule: OperatorRule = {
  operator: "GatherElements",
  infer: ([data, indices]) => [{ elementType: data!.type.elementType, shape: indices!.type.shape }],
  gradient: {
    kind: "rule",
    keeps: { inputs: [1] },
    backward: ({ upstream, input, inputType }) => [
      () => scatterElements(zeros(upstream.graph, inputType(0).shape), input(1), upstream),
      null,
    ],
  },
};
