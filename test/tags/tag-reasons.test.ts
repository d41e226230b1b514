import { expect, test } from "vitest";
import { describeReason } from "../../src/tags/tag-reasons.ts";

const named = { matching: 1, tagged: 1 };

test.each([
  [{ ...named, kind: "literal", inTitle: true, countInText: 0 }, "named in the title"],
  [{ ...named, kind: "literal", inTitle: false, countInText: 1 }, "named once in the text"],
  [{ ...named, kind: "literal", inTitle: false, countInText: 3 }, "named 3 times in the text"],
  [{ kind: "new", inTitle: false, countInText: 1 }, "new: named once in the text"],
] as const)("The reason %j is told as %j.", (reason, told) => {
  expect(describeReason(reason)).toBe(told);
});
