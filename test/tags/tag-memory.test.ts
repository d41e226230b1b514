import { expect, test } from "vitest";
import { TagMemory } from "../../src/tags/tag-memory.ts";
import { documentOf } from "./tagged-documents.ts";

function remembered(...tags: readonly (readonly string[])[]): TagMemory {
  const memory = new TagMemory();
  for (const [day, own] of tags.entries()) memory.add(documentOf(day, `Day ${day}`, own));
  return memory;
}

test("spellings that differ in hyphens and plural are one tag, under the writer's most frequent spelling", () => {
  const memory = remembered(["Web Design"], ["web-design"], ["webdesigns"], ["web-design"]);
  expect(memory.tagCount).toBe(1);
  expect(memory.spellingOf(0)).toBe("web-design");
  expect(memory.keyOf(0)).toBe("web-design");
  expect(memory.usesOf(0)).toEqual([0, 1, 2, 3]);
  expect(memory.numberOf("Web designs")).toBe(0);
});

test("of two spellings that are equally frequent the later one is preferred", () => {
  expect(remembered(["video clips"], ["video-clips"]).spellingOf(0)).toBe("video-clips");
});

test("a document with two spellings of a tag uses it once", () => {
  expect(remembered(["roses", "Rose s"], ["videos", "video"]).usesOf(1)).toEqual([1]);
});

test("what speaks for a tag speaks for the tag above it, once the writer uses that", () => {
  const memory = remembered(["garden/roses"], ["garden"], ["garden/tulips"], ["kitchen"]);
  const garden = memory.numberOf("garden")!;
  expect(memory.usesOf(garden)).toEqual([0, 1, 2]);
  expect(memory.documentAt(0).tags).toContain(garden);
  expect(memory.ownShareOf(garden)).toBeCloseTo(1 / 3);
  expect(memory.ownShareOf(memory.numberOf("garden/roses")!)).toBe(1);
});

test("a tag that was used before the one above it speaks for that one when it is used again", () => {
  const memory = remembered(["garden/roses"], ["garden/roses"], ["garden"], ["garden/roses"]);
  expect(memory.usesOf(memory.numberOf("garden")!)).toEqual([0, 1, 2, 3]);
});

test("all copies of a document are found, by its name and by its text", () => {
  const memory = new TagMemory();
  const [first, other] = [documentOf(1, "A rose", ["roses"]), documentOf(2, "A tulip", ["tulips"])];
  for (const id of ["a.md", "b.md", "c.md"]) memory.add({ ...first, id });
  for (const id of ["a.md", "d.md"]) memory.add({ ...other, id });
  expect(memory.copiesOf({ ...first, id: "e.md" })).toEqual(new Set([0, 1, 2]));
  expect(memory.copiesOf({ ...first, id: "d.md" })).toEqual(new Set([4, 0, 1, 2]));
});

test("a tag that only others name as the one above them is none of the writer's", () => {
  expect(remembered(["garden/roses"]).numberOf("garden")).toBeUndefined();
});
