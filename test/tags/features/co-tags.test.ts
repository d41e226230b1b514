import { expect, test } from "vitest";
import { coTagShifts } from "../../../src/tags/features/co-tags.ts";
import { TagMemory } from "../../../src/tags/tag-memory.ts";
import { queryMemory } from "../../../src/tags/tag-query.ts";
import { documentOf } from "../tagged-documents.ts";

const nothing = { get: () => undefined };

function shiftsOf(present: readonly string[]): Record<string, number> {
  const memory = new TagMemory();
  for (let day = 0; day < 20; day++) {
    memory.add(documentOf(day, `Day ${day}`, day % 2 === 0 ? ["bread", "rye"] : ["boats", "wind"]));
  }
  const asked = documentOf(30, "Asked", []);
  const query = { ...queryMemory(asked, memory, new Set()), similarities: nothing };
  const numbers = present.map((tag) => memory.numberOf(tag)).filter((tag) => tag !== undefined);
  const shifts = coTagShifts(query, numbers);
  return Object.fromEntries(query.tags.map((tag, at) => [memory.keyOf(tag), shifts[at]!]));
}

test("a present tag speaks for the tags that came with it, and against those that never did", () => {
  const { rye, boats, wind } = shiftsOf(["bread"]);
  expect(rye).toBeGreaterThan(0);
  expect(boats).toBeLessThan(0);
  expect(wind).toBe(boats);
});

test("a present tag says nothing about itself", () => {
  expect(shiftsOf(["bread"])["bread"]).toBe(0);
});

test("without a present tag that was used before nothing moves", () => {
  expect(Object.values(shiftsOf([]))).toEqual([0, 0, 0, 0]);
  expect(Object.values(shiftsOf(["never used"]))).toEqual([0, 0, 0, 0]);
});

test("two present tags that always come together say less than twice as much as one", () => {
  const one = shiftsOf(["bread"])["boats"]!;
  const two = shiftsOf(["bread", "rye"])["boats"]!;
  expect(two).toBeLessThan(one);
  expect(two).toBeGreaterThan(2 * one);
});
