import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  readPassageCache,
  type StoredPassage,
  writePassageCache,
} from "../../scripts/model/passage-cache.ts";

const folder = mkdtempSync(join(tmpdir(), "passage-cache-"));
afterAll(() => rmSync(folder, { recursive: true }));

const passages: StoredPassage[] = [
  {
    ids: Uint16Array.of(101, 7, 102),
    words: Uint16Array.of(0xffff, 0, 0xffff),
    writer: "Ädä",
    document: "d",
  },
  { ids: Uint16Array.of(101, 30_521, 8, 102), words: Uint16Array.of(0xffff, 0, 0, 0xffff), label: 0 },
];
const sections = { "text/train": passages, empty: [], twice: [...passages, ...passages] };

describe("the passage cache", () => {
  it("gives back what was written", () => {
    const path = join(folder, "deep", "whole.bin");
    writePassageCache(path, { meta: { note: "Größe" }, sections });
    expect(readPassageCache(path)).toEqual({ meta: { note: "Größe" }, sections });
  });

  it("counts as absent if it does not exist, was cut short or holds something else", () => {
    const path = join(folder, "cut.bin");
    expect(readPassageCache(path)).toBeUndefined();
    writePassageCache(path, { meta: {}, sections });
    const whole = readFileSync(path);
    for (const bytes of [0, 3, 10, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, bytes));
      expect(readPassageCache(path)).toBeUndefined();
    }
    writeFileSync(path, "not a cache at all, but some words");
    expect(readPassageCache(path)).toBeUndefined();
  });
});
