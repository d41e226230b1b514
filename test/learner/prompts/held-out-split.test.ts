import { expect, test } from "vitest";
import { splitHeldOut, splitNewlyHeldOut } from "../../../src/learner/prompts/held-out-split.ts";

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const sizes = (count: number, mayProve: (document: number) => boolean = () => true) => {
  const { choosing, proving } = splitHeldOut(upTo(count), mayProve);
  return [choosing.length, proving.length];
};

test("The newest tenth proves, those before it choose, and none does both.", () => {
  const { choosing, proving } = splitHeldOut(upTo(300), () => true);
  expect(proving).toEqual(upTo(300).slice(270));
  expect(choosing).toEqual(upTo(300).slice(260, 270));
});

test("A gain can be proved from twenty documents on; fewer choose alone, and of a handful none is held out.", () => {
  expect([4, 5, 14, 19, 20, 60, 100].map((count) => sizes(count))).toEqual([
    [0, 0],
    [1, 0],
    [1, 0],
    [2, 0],
    [2, 6],
    [2, 12],
    [3, 12],
  ]);
});

test("What was learned from is never held out: where too little is left, nothing is proved.", () => {
  const { choosing, proving } = splitHeldOut(upTo(100), (document) => document % 5 === 0);
  expect([...choosing, ...proving].every((document) => document % 5 === 0)).toBe(true);
  expect(proving).toHaveLength(12);
  expect(sizes(100, (document) => document < 9)).toEqual([3, 6]);
  expect(sizes(100, (document) => document < 7)).toEqual([7, 0]);
  expect(sizes(100, () => false)).toEqual([0, 0]);
});

test("Of new documents at least one chooses and one proves.", () => {
  expect(splitNewlyHeldOut([])).toEqual({ choosing: [], proving: [] });
  expect(splitNewlyHeldOut(upTo(5))).toEqual({ choosing: [3], proving: [4] });
  expect(splitNewlyHeldOut(upTo(90))).toEqual({ choosing: [81, 82, 83], proving: upTo(90).slice(84) });
});
