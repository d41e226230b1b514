import fc from "fast-check";
import { expect, test } from "vitest";
import { type HardPassage, hardOrders, hardPrompts } from "../../../src/lab/hard-prompts/hard-prompts.ts";

function passage(time: number, ids: readonly number[], vector: readonly number[]): HardPassage {
  const length = Math.hypot(...vector);
  return { time, ids, vector: Float32Array.from(vector, (value) => value / length) };
}

const boat = passage(1, [10, 11, 12, 12], [1, 0.1]);
const kettle = passage(2, [20, 21, 22, 23], [0.1, 1]);
const oldBoat = passage(0, [10, 11, 30, 31], [1, 0.2]);
const passages = [boat, kettle, oldBoat];
const asksForBoats = { ids: [12, 10, 99], vector: Float32Array.of(1, 0) };

test("Passages come by likeness of meaning, and those of the same likeness the newest first.", () => {
  expect(hardPrompts("similarity", passages).choose(asksForBoats)).toEqual([boat, oldBoat, kettle]);
  const twins = [passage(1, [1], [1, 0]), passage(2, [2], [1, 0])];
  expect(hardPrompts("similarity", twins).choose(asksForBoats)).toEqual(twins.toReversed());
});

test("Passages come by rare words that they share with the input, which BM25 weighs.", () => {
  expect(hardPrompts("lexical", passages).choose(asksForBoats)).toEqual([boat, oldBoat, kettle]);
  const long = passage(3, [12, ...Array.from({ length: 40 }, (_, at) => 100 + at)], [1, 0]);
  const short = passage(0, [12, 40], [0, 1]);
  expect(hardPrompts("lexical", [long, short]).choose({ ...asksForBoats, ids: [12] })).toEqual([short, long]);
});

test("Three quarters of a passage's length count: twice a word in a long one is less than once in a short one.", () => {
  const filled = (count: number) => Array.from({ length: count }, (_, at) => 100 + at);
  const long = passage(3, [12, 12, ...filled(28)], [1, 0]);
  const short = passage(0, [12, ...filled(3)], [0, 1]);
  // 4.4 / (2 + 1.2 · (.25 + .75 · 30/17)) = 1.13 against 2.2 / (1 + 1.2 · (.25 + .75 · 4/17)) = 1.46.
  expect(hardPrompts("lexical", [long, short]).choose({ ...asksForBoats, ids: [12] })).toEqual([short, long]);
});

test("The newest come first, whatever is asked.", () => {
  expect(hardPrompts("recent", passages).choose(asksForBoats)).toEqual([kettle, boat, oldBoat]);
});

test("The fixed choice begins in the middle of the writer's text and goes on with what is unlike it.", () => {
  const middle = passage(1, [1], [1, 1]);
  const twin = passage(2, [2], [1, 1.001]);
  const left = passage(3, [3], [1, -0.2]);
  const right = passage(4, [4], [-0.2, 1]);
  const fixed = hardPrompts("static", [left, twin, right, middle]);
  const chosen = fixed.choose(asksForBoats);
  expect(
    chosen
      .map(({ time }) => time)
      .slice(0, 3)
      .toSorted(),
  ).toEqual([1, 3, 4]);
  expect(chosen.at(-1)).toBe(twin);
  expect(fixed.choose({ ids: [], vector: Float32Array.of(0, 1) })).toEqual(chosen);
});

test("Without hard prompts nothing is chosen, and nothing can be chosen of nothing.", () => {
  expect(hardPrompts("none", passages).choose(asksForBoats)).toEqual([]);
  for (const order of hardOrders) expect(hardPrompts(order, []).choose(asksForBoats)).toEqual([]);
});

test("Every order but none gives each passage once.", () => {
  const vector = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }));
  const some = fc.array(fc.tuple(fc.nat(20), fc.array(fc.nat(9), { minLength: 1 }), vector), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(some, fc.array(fc.nat(9)), (drawn, ids) => {
      const all = drawn.map(([time, tokens, at]) => passage(time, tokens, at));
      for (const order of hardOrders.filter((one) => one !== "none")) {
        const chosen = hardPrompts(order, all).choose({ ids, vector: Float32Array.of(0.6, 0.8) });
        expect(chosen).toHaveLength(all.length);
        expect(new Set(chosen)).toEqual(new Set(all));
      }
    }),
  );
});
