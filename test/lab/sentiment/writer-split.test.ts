import fc from "fast-check";
import { expect, test } from "vitest";
import type { OpinionText } from "../../../src/lab/sentiment/opinion-texts.ts";
import { type SplitOptions, splitWriters } from "../../../src/lab/sentiment/writer-split.ts";
import { createRandom } from "../../../src/numbers/random.ts";

/** Writers `w0`, `w1`, … with so many texts each, newest first. */
function textsOf(counts: readonly number[]): readonly OpinionText[] {
  return counts.flatMap((count, writer) =>
    Array.from({ length: count }, (_, at) => ({
      writer: `w${writer}`,
      time: count - at,
      text: `${writer} ${at}`,
      label: at % 2,
    })),
  );
}

const byShare = (share: number, seed = 1): SplitOptions => ({
  minimumTexts: 30,
  targets: { kind: "share", share },
  random: createRandom(seed),
});

test("No writer is in two groups, all are in one, and a writer's later texts are later.", () => {
  const counts = fc.array(fc.integer({ min: 20, max: 60 }), { minLength: 16, maxLength: 40 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 0, max: 99 }), (sizes, seed) => {
      fc.pre(sizes.filter((size) => size >= 30).length >= 4);
      const texts = textsOf(sizes);
      const { training, tuning, targets } = splitWriters(texts, byShare(0.2, seed));
      const groups = [
        training.map(({ writer }) => writer),
        ...[tuning, targets].map((group) => group.map(({ writer }) => writer)),
      ];
      const distinct = groups.map((group) => new Set(group));
      expect(distinct.reduce((sum, { size }) => sum + size, 0)).toBe(sizes.length);
      expect(new Set(groups.flat()).size).toBe(sizes.length);
      for (const { known, later } of [...tuning, ...targets]) {
        expect(Math.max(...known.map(({ time }) => time))).toBeLessThan(
          Math.min(...later.map(({ time }) => time)),
        );
        expect(known.length).toBe(Math.floor(0.65 * (known.length + later.length)));
      }
      for (const { known, later } of targets) expect(known.length + later.length).toBeGreaterThanOrEqual(30);
    }),
  );
});

test("The share is of all writers, drawn among those with enough texts, at most half of these.", () => {
  const many = textsOf([...Array(30).fill(40), ...Array(20).fill(20)]);
  expect(splitWriters(many, byShare(0.2)).targets).toHaveLength(10);
  const few = textsOf([...Array(8).fill(40), ...Array(42).fill(20)]);
  expect(splitWriters(few, byShare(0.2)).targets).toHaveLength(4);
});

test("The same seed draws the same writers, whatever the order of the lines.", () => {
  const texts = textsOf(Array(30).fill(40));
  const names = (given: readonly OpinionText[], seed: number) =>
    splitWriters(given, byShare(0.2, seed)).targets.map(({ writer }) => writer);
  expect(names(texts.toReversed(), 1)).toEqual(names(texts, 1));
  expect(names(texts, 2)).not.toEqual(names(texts, 1));
});

test("Named writers are the new ones, if they have enough texts.", () => {
  const targets = { kind: "named", writers: new Set(["w1", "w3", "w12", "nobody"]) } as const;
  const texts = textsOf([...Array(12).fill(40), 10]);
  const split = splitWriters(texts, { ...byShare(0), targets });
  expect(split.targets.map(({ writer }) => writer)).toEqual(["w1", "w3"]);
});

test("Too few writers are told in numbers.", () => {
  expect(() => splitWriters(textsOf([40, 40, 40]), byShare(0.2))).toThrow("3 writers are too few");
  expect(() => splitWriters(textsOf(Array(20).fill(25)), byShare(0.2))).toThrow("0 would be new ones");
});
