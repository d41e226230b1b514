import fc from "fast-check";
import { expect, test } from "vitest";
import { assemble, poolChunks } from "../../../src/lab/hard-prompts/assemble.ts";
import { BudgetTooSmallError } from "../../../src/lab/hard-prompts/errors.ts";
import type { HardPassage } from "../../../src/lab/hard-prompts/hard-prompts.ts";

const special = { cls: 101, sep: 102 };
const vector = Float32Array.of(1);
const passage = (...ids: number[]): HardPassage => ({ ids, vector, time: 0 });
const text = (count: number) => ({
  ids: Array.from({ length: count }, (_, at) => at),
  words: Array.from({ length: count }, (_, at) => Math.floor(at / 2)),
});

test("The text stands first, the passages behind it in their order, each before a [SEP].", () => {
  const labelled = { ...passage(60, 61), label: [7] };
  const [input, ...further] = assemble(text(3), [passage(50), labelled], special, { tokens: 20 });
  expect(further).toEqual([]);
  expect(input).toEqual({
    ids: [101, 0, 1, 2, 102, 50, 102, 7, 60, 61, 102],
    ownTokens: 4,
    words: [0, 0, 1],
    segments: [
      { start: 5, end: 6 },
      { start: 7, end: 10 },
    ],
    leftOut: 0,
  });
});

test("Passages are dropped whole from the far end, and counted.", () => {
  const passages = [passage(50), passage(60, 61, 62), passage(70)];
  const [input] = assemble(text(3), passages, special, { tokens: 10 });
  expect(input).toMatchObject({ ids: [101, 0, 1, 2, 102, 50, 102], leftOut: 2 });
});

test("A text over the budget is split between words, and no token of it is lost.", () => {
  const inputs = assemble(text(10), [passage(50)], special, { tokens: 7 });
  expect(inputs.map(({ ids }) => ids)).toEqual([
    [101, 0, 1, 2, 3, 102],
    [101, 4, 5, 6, 7, 102],
    [101, 8, 9, 102, 50, 102],
  ]);
  expect(inputs.map(({ leftOut }) => leftOut)).toEqual([1, 1, 0]);
  const one = { ids: [1, 2, 3, 4, 5], words: [0, 0, 0, 0, 0] };
  expect(assemble(one, [], special, { tokens: 5 }).map(({ ids }) => ids)).toEqual([
    [101, 1, 2, 3, 102],
    [101, 4, 5, 102],
  ]);
});

test("Whatever the budget, the text is whole, nothing exceeds the budget, and all passages are accounted for.", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.nat(40), sizes, fc.integer({ min: 3, max: 50 }), (count, lengths, tokens) => {
      const passages = lengths.map((length) => passage(...Array.from({ length }, () => 500)));
      const inputs = assemble(text(count), passages, special, { tokens });
      const own = inputs.flatMap(({ ids, ownTokens }) => ids.slice(1, ownTokens));
      expect(own).toEqual(text(count).ids);
      for (const { ids, segments, leftOut } of inputs) {
        expect(ids.length).toBeLessThanOrEqual(tokens);
        expect(segments.length + leftOut).toBe(passages.length);
        for (const { start, end } of segments) expect(ids.slice(start, end)).not.toContain(special.sep);
      }
    }),
  );
});

test("A budget without room for a text is refused with what would do.", () => {
  expect(() => assemble(text(3), [], special, { tokens: 2 })).toThrow(BudgetTooSmallError);
  expect(() => assemble(text(3), [], special, { tokens: 2 })).toThrow("at least 3");
});

test("What several inputs of a text gave is brought together by their own tokens.", () => {
  const pooled = poolChunks(
    [{ ownTokens: 3 }, { ownTokens: 1 }],
    [Float32Array.of(1, 0), Float32Array.of(0, 2)],
  );
  expect([...pooled]).toEqual([0.75, 0.5]);
});
