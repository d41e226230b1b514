import { describe, expect, it } from "vitest";
import { teachingArgument } from "../../../src/editor/teaching/teach.ts";

const uri = "file:///blog/post.md";
const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 9 } };
const tone = { kind: "tone", uri, range, valence: -1 };

describe("The argument of a teach link", () => {
  it.each([tone, { kind: "notThisTag", uri, tag: "river" }, { kind: "thisTag", uri, tag: "river" }])(
    "is taken where it is one: %j",
    (argument) => {
      expect(teachingArgument({ ...argument, more: "is left out" })).toEqual(argument);
    },
  );

  it.each([
    undefined,
    null,
    "teach",
    [tone],
    {},
    { ...tone, uri: 7 },
    { ...tone, valence: 2 },
    { ...tone, valence: Number.NaN },
    { ...tone, range: { start: { line: -1, character: 0 }, end: range.end } },
    { ...tone, range: { start: range.start } },
    { kind: "notThisTag", uri },
    { kind: "forget", uri, tag: "river" },
  ])("is refused where it is none: %j", (argument) => {
    expect(teachingArgument(argument)).toBeUndefined();
  });
});
