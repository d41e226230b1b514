import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RoundEvaluation } from "../../../src/lab/round/describe-rounds.ts";
import { readRatedWriters } from "../../../src/lab/round/rated-writers.ts";
import { idiolect, useOwnCache } from "../../cli/run-idiolect.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-evaluate-round-"));
const [model, sets, kept] = ["model", "sets", "kept"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
useOwnCache(folder);
beforeAll(() => {
  writeTinyModel(model);
  mkdirSync(join(sets, "sentiment"), { recursive: true });
  const rows = ["ada", "bea"].flatMap((writer) =>
    Array.from({ length: 44 }, (_, at) => ({
      writer,
      time: at,
      text: `They said ${at} times that the river was long.`,
      rating01: (at % 5) / 4,
    })),
  );
  const few = { writer: "cy", time: 0, text: "They could see it.", rating01: 1 };
  const unrated = { ...few, writer: "ada", rating01: null };
  const lines = [...rows, few, unrated].map((row) => JSON.stringify(row));
  writeFileSync(join(sets, "sentiment", "rt-critics.jsonl.gz"), lines.join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = ["evaluate", "round", "--of", "rt-critics"];

test("Rated texts have the valence of their rating, the oldest first; those without one are left out.", () => {
  const [ada, , cy] = readRatedWriters(sets, "rt-critics");
  expect(ada!.texts).toHaveLength(44);
  expect(ada!.texts.slice(0, 3).map(({ valence }) => valence)).toEqual([-1, -0.5, 0]);
  expect(cy!.texts).toEqual([{ text: "They could see it.", valence: 1 }]);
});

test("Every second writer is measured after each number of answers, and readings are kept.", async () => {
  const options = ["--sets", sets, "--model", model, "--keep", kept];
  const { code, json } = await idiolect([...command, ...options, "--try-priors", "--json"]);
  expect(code).toBe(0);
  const { sets: measured, priors } = json() as never as RoundEvaluation;
  const { rows, falseOpenings } = measured["rt-critics"]!;
  expect(rows.map(({ answers, writers }) => [answers, writers])).toEqual([
    [4, 1],
    [8, 1],
    [12, 1],
    [20, 1],
    [24, 1],
    [30, 0],
    [48, 0],
  ]);
  expect(rows[0]!.chosen.gain.mean).toBeCloseTo(rows[0]!.general.error - rows[0]!.chosen.error, 9);
  expect(falseOpenings.map(({ writers }) => writers)).toEqual([1, 1, 1]);
  expect(priors!.map(({ logEvidence }) => logEvidence)).toEqual(
    priors!.map(({ logEvidence }) => logEvidence).toSorted((a, b) => b - a),
  );
  const files = readdirSync(kept);
  expect(files).toHaveLength(2);
  const told = await idiolect([...command, ...options]);
  expect(told.out).toMatch(/\| 12 \| 1 \| /);
  expect(readdirSync(kept)).toEqual(files);
});

test("What is personal is told side by side, hard prompts of the critic's own texts and of another's among it.", async () => {
  const options = ["--sets", sets, "--model", model, "--keep", kept, "--side-or-strength"];
  const { code, json } = await idiolect([...command, ...options, "--json"]);
  expect(code).toBe(0);
  const { sideOrStrength } = json() as never as RoundEvaluation;
  for (const part of ["side", "strength"] as const) {
    const rows = new Map(sideOrStrength![part].map((row) => [row.method, row]));
    const hard = rows.get("near texts as a hard prompt")!;
    const general = hard.right - hard.gain.mean;
    for (const { right, gain } of rows.values()) expect(right - gain.mean).toBeCloseTo(general, 9);
    expect(rows.has("another critic's near texts as a hard prompt")).toBe(true);
    expect(rows.has("near texts as a hard prompt, bias and spread")).toBe(true);
  }
  // One critic is measured here, and is the other one as well.
  expect(readdirSync(kept).filter((name) => name.startsWith("texts-before-"))).toHaveLength(1);
});
