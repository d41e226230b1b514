import fc from "fast-check";
import { expect, test } from "vitest";
import { TermNumbers } from "../../../src/tags/similarity/term-numbers.ts";

const hash = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer());

test("terms are numbered as they first come, like the keys of a map", () => {
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 400 }), fc.array(hash), (added, asked) => {
      const numbers = new TermNumbers();
      const expected = new Map<number, number>();
      for (const key of added) {
        expected.set(key, expected.get(key) ?? expected.size);
        expect(numbers.add(key)).toBe(expected.get(key));
      }
      expect(numbers.size).toBe(expected.size);
      for (const key of asked) expect(numbers.of(key)).toBe(expected.get(key));
    }),
  );
});

test("a hundred thousand terms keep their numbers while the table grows", () => {
  const numbers = new TermNumbers();
  for (let key = 0; key < 100_000; key++) numbers.add((key * 40_000) | 0);
  expect(numbers.size).toBe(100_000);
  for (const key of [0, 1, 50_000, 99_999]) expect(numbers.of((key * 40_000) | 0)).toBe(key);
});
