import type { OperatorRule } from "../rule.ts";
import { intOf } from "../value.ts";

/** The extents of a tensor from axis `start` up to `end`, as int64. Integers have no gradient. */
export const shapeRule: OperatorRule = {
  operator: "Shape",
  infer: ([x], attributes) => {
    const start = intOf(attributes, "start", 0);
    const end = intOf(attributes, "end", x!.type.shape.length);
    return [{ elementType: "int64", shape: [end - start] }];
  },
  gradient: { kind: "none" },
};
