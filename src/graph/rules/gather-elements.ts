import { ShapeError } from "../errors.ts";
import { requireAxis } from "../inference.ts";
import { scatterElements, zeros } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = zeros with each dY added where it was picked, along the last axis. */
export const gatherElementsRule: OperatorRule = {
  operator: "GatherElements",
  infer: ([data, indices], attributes) => {
    const { elementType, shape } = data!.type;
    requireAxis("GatherElements", shape, attributes, -1);
    if (indices!.type.shape.length !== shape.length) {
      throw new ShapeError(
        "GatherElements",
        [shape, indices!.type.shape],
        "as many axes are needed on both.",
      );
    }
    return [{ elementType, shape: indices!.type.shape }];
  },
  gradient: {
    kind: "rule",
    keeps: { inputs: [1] },
    backward: ({ upstream, input, inputType }) => [
      () => scatterElements(zeros(upstream.graph, inputType(0).shape), input(1), upstream),
      null,
    ],
  },
};
