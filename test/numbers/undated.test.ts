import { expect, test } from "vitest";
import { byDate } from "../../src/numbers/by-date.ts";
import { undatedMs } from "../../src/numbers/undated.ts";

test("Documents without a date come before all that have one, by name, even before 1970.", () => {
  const dates = { "b.md": -5, "a.md": undefined, "z.md": undefined, "c.md": 7 };
  const timeMs = undatedMs(Object.values(dates));
  const ordered = byDate(Object.entries(dates).map(([id, date]) => ({ id, timeMs: date ?? timeMs })));
  expect(ordered.map(({ id }) => id)).toEqual(["a.md", "z.md", "b.md", "c.md"]);
});

test("Where no document has a date, names alone order them.", () => {
  expect(undatedMs([undefined, undefined])).toBe(0);
});
