import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idiolect, useOwnCache } from "../../cli/run-idiolect.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";
import { writeSets } from "../../scripts/small-sets.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-evaluate-tone-"));
useOwnCache(folder);
const [model, data, sets] = ["model", "texts.jsonl", "sets"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
beforeAll(() => {
  writeTinyModel(model);
  const rows = [
    { text: "I love the river.", label: 1 },
    { text: "It was long.", side: "0" },
    { text: "They like it and they do not.", side: "x" },
    { text: "No.", side: "-" },
  ];
  writeFileSync(data, rows.map((row) => JSON.stringify(row)).join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("evaluate tone", () => {
  test("reads each line alone and tells how it went beside what needs no model.", async () => {
    const { code, json } = await idiolect(["evaluate", "tone", "--data", data, "--model", model, "--json"]);
    expect(code).toBe(0);
    const answer = json();
    expect(answer).toMatchObject({ version: 1, texts: 3, leftOut: 1, alwaysNeutral: { right: 1 / 3 } });
    expect(answer).toMatchObject({ vader: { right: 1 }, shown: { texts: 3 }, likeliest: { texts: 3 } });
    expect(answer["readings"]).toHaveLength(3);
    expect((answer["readings"] as unknown[])[0]).toMatchObject({
      valence: expect.any(Number),
      confidence: expect.any(Number),
    });
  });

  test("without a file gives the table of all sets.", { timeout: 60_000 }, async () => {
    writeSets(join(sets, "data"));
    const options = ["--sets", join(sets, "data"), "--model", model];
    const { code, json } = await idiolect(["evaluate", "tone", ...options, "--json"]);
    expect(code).toBe(0);
    const { sets: rows, checklist } = json() as {
      sets: Record<string, unknown>;
      checklist: Record<string, unknown>;
    };
    expect(Object.keys(rows)).toEqual([
      ...["proseDev", "proseRandom", "checklist", "sst2", "sst5", "tweeteval", "goemotions3"],
      ...["devSo", "devGithub", "emobank", "newsmtsc"],
    ]);
    expect(rows["sst2"]).toMatchObject({ classes: 2, idiolect: { texts: 2 }, vader: { texts: 2 } });
    expect(checklist["single"]).toEqual({ "": { right: expect.any(Number), of: 2 } });
    const told = await idiolect(["evaluate", "tone", ...options]);
    expect(told.out).toMatch(/sst5 +5 +2 /);
  });

  test("names the head that a model lacks, and what a file lacks.", async () => {
    const bare = writeTinyModel(join(folder, "bare"), { tone: false });
    const lacking = await idiolect(["evaluate", "tone", "--data", data, "--model", bare]);
    expect(lacking.code).toBe(1);
    expect(lacking.errors).toMatch(/no head for tone/);
    const wrong = join(folder, "wrong.jsonl");
    writeFileSync(wrong, JSON.stringify({ text: "A text.", label: 9 }));
    const refused = await idiolect(["evaluate", "tone", "--data", wrong, "--model", model]);
    expect(refused.code).toBe(1);
    expect(refused.errors).toMatch(/line 1 has no side or label from -2 to 2\. Give JSON lines/);
  });
});
