import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BuildBatches } from "../../scripts/model/build-batches.ts";
import { sentimentSources } from "../../scripts/model/labelled-sources.ts";
import { loadTokenizer, type Tokenizer } from "../../src/plm/tokens/tokenizer.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { smallBatches } from "./small-build.ts";

const folder = mkdtempSync(join(tmpdir(), "build-batches-"));
afterAll(() => rmSync(folder, { recursive: true }));
let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = await loadTokenizer(writeTinyModel(join(folder, "model")));
});

describe("the batches of a build", () => {
  it("depend on seed and step alone, so that a resumed build sees what it would have seen", () => {
    const [begun, resumed, other] = [
      smallBatches(tokenizer),
      smallBatches(tokenizer),
      smallBatches(tokenizer, "other"),
    ];
    for (const step of [1, 2, 3]) begun.sentiment(step, 4, 3);
    for (const step of [9, 4]) {
      expect(resumed.sentiment(step, 4, 3)).toEqual(begun.sentiment(step, 4, 3));
      expect(resumed.text(step, 3)).toEqual(begun.text(step, 3));
    }
    expect(other.sentiment(4, 4, 3)).not.toEqual(begun.sentiment(4, 4, 3));
  });

  it("name the set of each labelled text, and say nothing of those without a label", () => {
    const { batch, members, universe, sets } = smallBatches(tokenizer).sentiment(1, 8, 4);
    expect(batch).toBe(12);
    const rows = Array.from({ length: batch }, (_, row) => ({
      members: [...members.subarray(5 * row, 5 * row + 5)],
      universe: [...universe.subarray(5 * row, 5 * row + 5)],
    }));
    expect(new Set(sets.subarray(0, 8))).toEqual(
      new Set([BigInt(BuildBatches.sets.indexOf("prose")), BigInt(BuildBatches.sets.indexOf("goemotions"))]),
    );
    for (const { members: meant, universe: known } of rows.slice(8)) expect(meant).toEqual(known);
    for (const { members: meant, universe: known } of rows.slice(0, 8)) expect(meant).not.toEqual(known);
  });

  it("have a share for each set that is read, and prose as the set whose lines readings follow", () => {
    expect(BuildBatches.sets[0]).toBe("prose");
    expect(
      sentimentSources("research")
        .map(({ set }) => set)
        .sort(),
    ).toEqual([...BuildBatches.sets].sort());
  });
});
