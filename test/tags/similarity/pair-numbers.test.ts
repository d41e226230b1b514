import fc from "fast-check";
import { expect, test } from "vitest";
import { PairNumbers } from "../../../src/tags/similarity/pair-numbers.ts";

const pair = fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 }));

test("pairs are numbered as they first come, like the keys of a map", () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 400 }), fc.array(pair), (added, asked) => {
      const numbers = new PairNumbers();
      const expected = new Map<string, number>();
      for (const [first, second] of added) {
        const key = `${first} ${second}`;
        expected.set(key, expected.get(key) ?? expected.size);
        expect(numbers.add(first, second)).toBe(expected.get(key));
      }
      expect(numbers.size).toBe(expected.size);
      for (const [first, second] of asked) {
        expect(numbers.of(first, second)).toBe(expected.get(`${first} ${second}`));
      }
    }),
  );
});

test("a hundred thousand pairs keep their numbers while the table grows", () => {
  const numbers = new PairNumbers();
  for (let first = 0; first < 400; first++) {
    for (let second = 0; second < 250; second++) numbers.add(first, second);
  }
  expect(numbers.size).toBe(100_000);
  expect(numbers.of(399, 249)).toBe(99_999);
  expect(numbers.of(0, 0)).toBe(0);
  expect(numbers.of(250, 250)).toBeUndefined();
});
