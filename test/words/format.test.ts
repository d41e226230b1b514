import { expect, test } from "vitest";
import { formatTable } from "../../src/cli/format-table.ts";
import {
  formatBytes,
  formatCount,
  formatPlural,
  formatSeconds,
  formatSigned,
} from "../../src/words/format.ts";

test("Numbers are written for people, with their units.", () => {
  expect(formatCount(1234567)).toBe("1,234,567");
  expect([formatPlural(1, "tag"), formatPlural(0, "tag")]).toEqual(["1 tag", "0 tags"]);
  expect([9.94, 59.4, 65, 7385].map(formatSeconds)).toEqual(["9.9 s", "59 s", "1 min 05 s", "2 h 03 min"]);
  expect([0, 999, 36_900, 23_300_000, 1.2e9].map(formatBytes)).toEqual([
    "0 B",
    "999 B",
    "36.9 kB",
    "23.3 MB",
    "1.2 GB",
  ]);
  expect([formatSigned(-0.5), formatSigned(0.5), formatSigned(0)]).toEqual(["−0.50", "+0.50", "+0.00"]);
});

test("Columns are as wide as they must be; numbers stand to the right.", () => {
  const table = formatTable([
    ["", "loss", "name"],
    ["own", "4.2", "a"],
    ["shared", "14.25", "bc"],
  ]);
  expect(table).toBe("           loss  name\n  own       4.2  a\n  shared  14.25  bc");
});
