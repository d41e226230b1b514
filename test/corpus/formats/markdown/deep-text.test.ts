import { expect, it } from "vitest";
import { readingOf } from "./reading-of.ts";

it("What nobody would nest so deep is read all the same, up to the last words.", () => {
  expect(readingOf(`${"> [!note]\n"}${"- ".repeat(30)}In it.`)).toEqual(["In it."]);
  expect(readingOf(`${"1. ".repeat(5_000)}At last.\n\nAfter it.`).at(-1)).toBe("After it.");
  expect(readingOf(`${"1. ".repeat(5_000)}At last.`)).toHaveLength(1);
});

it("Of a paragraph with more links than anybody writes the last ones are words.", () => {
  const few = readingOf("[tea](b) ".repeat(5_000));
  expect(few.join(" ")).not.toContain("(b)");
  const many = readingOf("[tea](b) ".repeat(120_000)).join(" ");
  expect(many).toContain("tea](b)");
});
