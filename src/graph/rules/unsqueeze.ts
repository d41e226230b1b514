import { integersOf } from "../inference.ts";
import { reshape } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY in the shape of X. */
export const unsqueezeRule: OperatorRule = {
  operator: "Unsqueeze",
  infer: ([x, axes]) => {
    const shape = [...x!.type.shape];
    const rank = shape.length + integersOf(axes).length;
    const added = integersOf(axes).map((axis) => (axis + rank) % rank);
    for (const axis of added.sort((a, b) => a - b)) {
      shape.splice(axis, 0, 1);
    }
    return [{ ...x!.type, shape }];
  },
  gradient: {
    kind: "rule",
    keeps: {},
    backward: ({ upstream, inputType }) => [() => reshape(upstream, inputType(0).shape), null],
  },
};
