import type { OperatorRule } from "../rule.ts";
import { intOf } from "../value.ts";

/** The extents of a tensor from axis `start` up to `end`, as int64. Integers have no gradient. */
export const shapeRule: OperatorRule = {
  operator: "Shape",
  infer: ([x], attributes) => {
    const { shape } = x!.type;
    const extents = shape.slice(intOf(attributes, "start", 0), intOf(attributes, "end", shape.length));
    return [{ elementType: "int64", shape: [extents.length] }];
  },
  gradient: { kind: "none" },
};
