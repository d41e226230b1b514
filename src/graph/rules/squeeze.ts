import { ShapeError } from "../errors.ts";
import { integersOf } from "../inference.ts";
import { reshape } from "../operations.ts";
import type { OperatorRule } from "../rule.ts";

/** dX = dY in the shape of X. */
export const squeezeRule: OperatorRule = {
  operator: "Squeeze",
  infer: ([x, axes]) => {
    const { shape } = x!.type;
    const removed = integersOf(axes).map((axis) => (axis + shape.length) % shape.length);
    if (removed.some((axis) => shape[axis] !== 1)) {
      throw new ShapeError("Squeeze", [shape], `only axes of extent 1 can go, not all of ${removed} are.`);
    }
    return [{ ...x!.type, shape: shape.filter((_, axis) => !removed.includes(axis)) }];
  },
  gradient: {
    kind: "rule",
    keeps: {},
    backward: ({ upstream, inputType }) => [() => reshape(upstream, inputType(0).shape), null],
  },
};
