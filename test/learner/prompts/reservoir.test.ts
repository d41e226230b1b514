import { expect, test } from "vitest";
import { reservoir } from "../../../src/learner/prompts/reservoir.ts";
import type { Passage } from "../../../src/learning/passages.ts";

const passages: readonly Passage[] = Array.from({ length: 400 }, (_, at) => ({
  ids: Uint16Array.of(1, at, 2),
  words: Uint16Array.of(0, 0, 0),
  document: `${at % 40}.md`,
}));

test("A reservoir holds as many as there is room for, in their order, and all where there is room for all.", () => {
  const drawn = reservoir(passages, 60, 1);
  expect(drawn).toHaveLength(60);
  expect(drawn).toEqual(passages.filter((passage) => drawn.includes(passage)));
  expect(reservoir(passages, 1_000, 1)).toEqual(passages);
});

test("What was in it stays in it, but for what new passages drive out.", () => {
  const before = new Set(reservoir(passages.slice(0, 300), 60, 1));
  const after = reservoir(passages, 60, 1);
  expect(
    after.filter((passage) => passages.indexOf(passage) < 300).every((passage) => before.has(passage)),
  ).toBe(true);
  expect(after.some((passage) => passages.indexOf(passage) >= 300)).toBe(true);
});

test("Old and new passages are in it alike.", () => {
  const old = Array.from({ length: 50 }, (_, seed) =>
    reservoir(passages, 60, seed).filter((passage) => passages.indexOf(passage) < 200),
  ).reduce((sum, { length }) => sum + length, 0);
  expect(old / (50 * 60)).toBeCloseTo(0.5, 1);
});
