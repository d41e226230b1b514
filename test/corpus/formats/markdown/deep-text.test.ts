import { expect, it } from "vitest";
import { readingOf } from "./reading-of.ts";

it("What nobody would nest so deep is read all the same, up to the last words.", () => {
  expect(readingOf(`${"> [!note]\n"}${"- ".repeat(30)}In it.`)).toEqual(["In it."]);
  expect(readingOf(`${"1. ".repeat(5_000)}At last.\n\nAfter it.`).at(-1)).toBe("After it.");
  expect(readingOf(`${"1. ".repeat(5_000)}At last.`)).toHaveLength(1);
});

it("A paragraph of more links than anybody writes has them all.", () => {
  const read = readingOf("[tea](b) ".repeat(6_000)).join(" ");
  expect(read.match(/tea/g)).toHaveLength(6_000);
  expect(read).not.toContain("(b)");
});

it("A line or paragraph of any length is read to its end, each sentence once.", () => {
  const sentences = Array.from({ length: 3_000 }, (_, at) => `The tide of day ${at} was a slow one.`);
  expect(readingOf(sentences.join(" "))).toEqual(sentences);
  expect(readingOf(sentences.join("\n"))).toEqual(sentences);
  expect(readingOf(`- ${sentences.join(" ")}`)).toEqual(sentences);
  expect(readingOf("word ".repeat(50_000)).join(" ").length).toBeGreaterThan(249_000);
});

it("What looks like a reference and goes on for ever is words.", () => {
  expect(readingOf(`[${"a\n".repeat(5_000)}`)).not.toEqual([]);
  expect(readingOf("[boats]: https://example.org\n\nSee the [boats] there.")).toEqual([
    "See the boats there.",
  ]);
});

it("A quotation that goes on without its mark is one, however long.", () => {
  expect(readingOf("> They said that\nand more of it\n".repeat(1_500))).toEqual([]);
});
