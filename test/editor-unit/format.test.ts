import { sep } from "node:path";
import { expect, test } from "vitest";
import { shortPath } from "../../src/editor/client/store-place.ts";
import {
  formatBytes,
  formatCount,
  formatPercent,
  formatSecondsRoughly,
  formatSigned,
} from "../../src/editor/format.ts";
import { proposalItems } from "../../src/editor/learning/proposal-items.ts";
import { english } from "./translate.ts";

test("Numbers are written as people read them.", () => {
  expect([formatCount(12_345.4), formatPercent(0.876)]).toEqual(["12,345", "88 %"]);
  expect([0.421, -0.4, 0.001, -0.001].map((value) => formatSigned(value))).toEqual([
    "+0.42",
    "−0.40",
    "0.00",
    "0.00",
  ]);
  expect([812, 36_100, 999_999, 23_300_000].map(formatBytes)).toEqual([
    "812 B",
    "36.1 kB",
    "1.0 MB",
    "23.3 MB",
  ]);
});

test("Time that is left is no more exact than an estimate.", () => {
  const times = [3, 59, 61, 340, 5400].map((seconds) => formatSecondsRoughly(seconds, english));
  expect(times).toEqual(["less than a minute", "less than a minute", "1 min", "6 min", "1.5 h"]);
});

test("A path in the home folder is written with a tilde, and no other.", () => {
  const home = ["", "home", "ada"].join(sep);
  expect(shortPath(`${home}${sep}blog`, home)).toBe(`~${sep}blog`);
  expect(shortPath(`${home}x${sep}blog`, home)).toBe(`${home}x${sep}blog`);
});

test("Proposed folders show counts, and the list ends with a way to choose another.", () => {
  const proposal = { folder: "/blog/$(alert)", documents: 200, words: 90_000, tags: 31, authors: [] };
  const items = proposalItems([proposal], english, () => "$(alert)");
  expect(items[0]).toMatchObject({
    role: "folder",
    folder: "/blog/$(alert)",
    label: "$ (alert)",
    description: "200 documents, 90,000 words, 31 tags",
    detail: "/blog/$ (alert)",
  });
  expect(items.at(-1)?.role).toBe("another");
});
