import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { idiolect, tinyModel, useOwnCache } from "../../cli/run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-experiment-"));
const model = tinyModel(folder);
useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quick = (name: string, ...more: readonly string[]) =>
  idiolect([
    "experiment",
    name,
    "--quick",
    "--seeds",
    "1",
    "--model",
    model,
    "--out",
    join(folder, name),
    ...more,
  ]);

interface Report {
  readonly study: string;
  readonly parts: readonly {
    readonly task: string;
    readonly rows: readonly { readonly row: string }[];
    readonly contrasts: readonly unknown[];
  }[];
}

for (const [name, controls] of [
  [
    "baseline",
    ["writer-agnostic", "majority", "writer's bias", "single-layer prompt, another writer's prompt"],
  ],
  ["layers", ["single-layer, p = 4", "multi-layer, p = 8", "multi-layer, p = 8, prompt zeroed"]],
  ["hard-prompts", ["static", "recent", "soft + similarity", "lexical, passages of another writer"]],
] as const) {
  test(`The study '${name}' runs on the sample and writes its report, data and pictures.`, async () => {
    const ran = await quick(name, "--json");
    expect({ code: ran.code, errors: ran.errors }).toEqual({ code: 0, errors: expect.any(String) });
    const report = ran.json() as unknown as Report;
    expect(report).toMatchObject({
      version: 1,
      study: name,
      parts: [{ task: "sentiment" }, { task: "words" }],
    });
    expect(report.parts[0]!.rows.map(({ row }) => row)).toEqual(expect.arrayContaining([...controls]));
    const out = join(folder, name);
    expect(JSON.parse(readFileSync(join(out, "report.json"), "utf8"))).toEqual(report);
    const text = readFileSync(join(out, "report.md"), "utf8");
    expect(text).toContain(`idiolect experiment ${name} --quick --seeds 1`);
    expect(text).not.toMatch(/NaN|undefined/);
    expect(text).not.toContain(folder);
    for (const { task } of report.parts) {
      expect(readFileSync(join(out, `${task}.svg`), "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    }
  });
}

test("A study that is run again takes what it measured, gives the same, and learns further seeds alone.", async () => {
  const first = await quick("baseline", "--only", "sentiment", "--json");
  const cells = join(folder, "baseline", "cells.jsonl");
  const before = readFileSync(cells, "utf8");
  const again = await quick("baseline", "--only", "sentiment", "--json");
  expect(again.json()).toEqual(first.json());
  expect(readFileSync(cells, "utf8")).toBe(before);
  const more = await quick("baseline", "--only", "sentiment", "--seeds", "2");
  expect(more.code).toBe(0);
  expect(more.out).toMatch(/writer-agnostic +\d/);
  const after = readFileSync(cells, "utf8");
  expect(after.startsWith(before)).toBe(true);
  expect(after.slice(before.length).trim().split("\n")).toHaveLength(5);
});

test("Texts of one's own with tags alone are studied for hidden words, and it is said.", async () => {
  const lines = Array.from({ length: 24 }, (_, at) =>
    JSON.stringify({
      writer: `w${at % 3}`,
      time: at,
      text: `It was a long day at the bridge ${at}.`,
      tags: ["day"],
    }),
  );
  const data = join(folder, "tagged.jsonl");
  writeFileSync(data, lines.join("\n"));
  const out = join(folder, "tagged");
  const options = ["--data", data, "--quick", "--seeds", "1", "--model", model, "--out", out];
  const ran = await idiolect(["experiment", "hard-prompts", ...options]);
  expect({ code: ran.code, errors: ran.errors }).toMatchObject({ code: 0 });
  expect(ran.errors).toContain("has no labels: only hidden words are studied");
  expect(existsSync(join(out, "sentiment.svg"))).toBe(false);
  expect(readFileSync(join(out, "report.md"), "utf8")).toContain("measured writers: 3");
  expect(await idiolect(["experiment", "baseline", ...options, "--only", "sentiment"])).toMatchObject({
    code: 2,
    errors: expect.stringContaining("no numbers in label"),
  });
});

test("Some conditions can be asked for by name, and the command in the report says so.", async () => {
  const out = join(folder, "some");
  const ran = await quick("hard-prompts", "--only", "words", "--conditions", "lexical; recent", "--out", out);
  expect({ code: ran.code, errors: ran.errors }).toMatchObject({ code: 0 });
  const text = readFileSync(join(out, "report.md"), "utf8");
  expect(text).toContain('--only words --conditions "lexical; recent"');
  expect(text).toMatch(/\| none \| \d/);
  expect(text).not.toContain("similarity");
  const wrong = await quick("hard-prompts", "--conditions", "lexical; alphabetical");
  expect(wrong).toMatchObject({ code: 2, errors: expect.stringContaining('is called "alphabetical"') });
});

test("An unknown study or task is refused with those that there are.", async () => {
  const unknown = await idiolect(["experiment", "alchemy"]);
  expect(unknown).toMatchObject({
    code: 2,
    errors: expect.stringContaining("baseline, layers, hard-prompts"),
  });
  const wrong = await quick("baseline", "--only", "dreams");
  expect(wrong).toMatchObject({ code: 2, errors: expect.stringContaining("sentiment or words") });
});
