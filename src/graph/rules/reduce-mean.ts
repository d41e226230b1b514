import { multiplyDimensions } from "../dimension.ts";
import { keptShape, reduced } from "../inference.ts";
import { cast, div, expand, reshape } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY / n repeated over the n averaged elements. */
export const reduceMeanRule: OperatorRule = {
  operator: "ReduceMean",
  infer: reduced,
  gradient: {
    kind: "rule",
    keeps: { inputs: [1] },
    backward: ({ upstream, input, inputType }) => [
      () => {
        const { shape } = inputType(0);
        const kept = keptShape(shape, input(1));
        const averaged = shape.filter((extent, axis) => kept[axis] === 1 && extent !== 1);
        const count = cast(upstream.graph.runtimeShape([multiplyDimensions(...averaged)]), "float32");
        return expand(div(reshape(upstream, kept), count), shape);
      },
      null,
    ],
  },
};
