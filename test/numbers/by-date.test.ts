import fc from "fast-check";
import { expect, test } from "vitest";
import { byDate, splitByDate, undatedMs } from "../../src/numbers/by-date.ts";

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

test("Documents without a date come before all that have one, by name, even before 1970.", () => {
  const dates = { "b.md": -5, "a.md": undefined, "z.md": undefined, "c.md": 7 };
  const timeMs = undatedMs(Object.values(dates));
  const ordered = byDate(Object.entries(dates).map(([id, date]) => ({ id, timeMs: date ?? timeMs })));
  expect(ordered.map(({ id }) => id)).toEqual(["a.md", "z.md", "b.md", "c.md"]);
});

test("Where no document has a date, names alone order them.", () => {
  expect(undatedMs([undefined, undefined])).toBe(0);
});
