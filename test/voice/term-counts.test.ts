import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { termCounts, termKinds, termUses } from "../../src/voice/term-counts.ts";

const common = new Set(["the", "was", "and"]);
const idsOf = (text: string) => termCounts(text, "words", common).ids;

describe("Terms of a style", () => {
  test("of words do not tell what a text is about.", () => {
    expect(idsOf("the harbour was silent")).toEqual(idsOf("the kitchen was violet"));
    expect(idsOf("the harbour was silent")).not.toEqual(idsOf("the harbour and silent"));
  });

  test("of words tell capitals, endings, numbers and signs.", () => {
    const [plain, ...others] = ["the boat was", "the Boat was", "the boats was", "the 4 was", "the; was"].map(
      idsOf,
    );
    for (const other of others) expect(other).not.toEqual(plain);
  });

  test("are counted once for each use, which lies within the text.", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80, unit: "grapheme" }),
        fc.constantFrom(...termKinds),
        (text, kind) => {
          const uses = termUses(text, kind, common);
          const { ids, counts } = termCounts(text, kind, common);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(uses.length);
          expect([...ids]).toEqual([...new Set(uses.map(({ id }) => id))].toSorted((a, b) => a - b));
          for (const { start, end } of uses) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
    );
  });
});
