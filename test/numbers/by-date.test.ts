import fc from "fast-check";
import { expect, test } from "vitest";
import { byDate, splitByDate } from "../../src/numbers/by-date.ts";

test("documents of one date are in order of file name", () => {
  const documents = [
    { id: "b.md", timeMs: 2 },
    { id: "a.md", timeMs: 2 },
    { id: "z.md", timeMs: 1 },
  ];
  expect(byDate(documents).map(({ id }) => id)).toEqual(["z.md", "a.md", "b.md"]);
});

test("the earlier part has floor(0.7 n) documents, none later than any of the rest", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), (times) => {
      const documents = times.map((timeMs, at) => ({ id: `${at}`, timeMs }));
      const { earlier, later } = splitByDate(documents);
      expect(earlier.length).toBe(Math.floor(0.7 * documents.length));
      expect(earlier.length + later.length).toBe(documents.length);
      for (const { timeMs } of earlier) {
        for (const other of later) expect(timeMs).toBeLessThanOrEqual(other.timeMs);
      }
    }),
  );
});
