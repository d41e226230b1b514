import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuildData, loadBuildData } from "../../scripts/model/data.ts";
import { textKinds } from "../../scripts/model/sources.ts";
import type { TrainingKind } from "../../scripts/model/training-kind.ts";
import { parseTokenizer } from "../../src/plm/tokens/tokenizer.ts";
import { tokenizerFile, vocabulary, writeSets } from "./small-sets.ts";

const folder = mkdtempSync(join(tmpdir(), "build-data-"));
const dataPath = join(folder, "data");
const cachePath = join(folder, "cache");
const tokenizer = parseTokenizer(tokenizerFile);
const leakedId = vocabulary.indexOf("leaked");
const quotedId = vocabulary.indexOf("quoted");
const spokenId = vocabulary.indexOf("spoken");
const measuredId = vocabulary.indexOf("measured");

beforeAll(() => writeSets(dataPath));
afterAll(() => rmSync(folder, { recursive: true }));

describe("loadBuildData", () => {
  const load = (kind: TrainingKind = "open"): BuildData =>
    loadBuildData({ dataPath, cachePath, tokenizer, kind });

  it("trains on nothing that is measured, and counts what it removed", () => {
    const { text, sentiment, report } = load();
    const trained = [...textKinds.flatMap((kind) => text[kind].train), ...sentiment.train];
    expect(trained.length).toBeGreaterThan(1000);
    expect(trained.some(({ ids }) => ids.includes(leakedId))).toBe(false);
    expect(sentiment.test.sst2.some(({ ids }) => ids.includes(leakedId))).toBe(true);
    expect(report.text.wikipedia.removedParagraphs).toBeGreaterThan(0);
    expect(report.sentiment["cr"]?.removedDuplicates).toBe(1);
  });

  it("trains on nothing of the dev writers and the measured blogs, with no kind of training", () => {
    const { text, sentiment, byWriter, newWriters } = load();
    const trained = [
      ...textKinds.flatMap((kind) => text[kind].train),
      ...sentiment.train,
      ...sentiment.heldOut,
    ];
    expect(trained.some(({ ids }) => ids.includes(measuredId))).toBe(false);
    expect(sentiment.train.filter(({ set }) => set === "prose").length).toBeGreaterThan(10);
    const bloggers = new Set(text.blogs.train.map(({ writer }) => writer));
    expect(bloggers).toEqual(new Set(["ann", "bob", "cy"]));
    expect(Object.keys(byWriter)).not.toContain("julia-silge");
    expect(newWriters["julia-silge"]?.some(({ ids }) => ids.includes(measuredId))).toBe(true);
    expect(Object.keys(newWriters)).not.toContain("ruben-schade");
  });

  it("trains on no paragraph that a voice is measured on, and counts what it removed", () => {
    const { text, report } = load();
    expect(text.blogs.train.some(({ ids }) => ids.includes(spokenId))).toBe(false);
    expect(report.text.blogs.removedParagraphs).toBeGreaterThan(0);
    expect(Object.keys(report.leftOut)).toContain("voice/rewrites");
  });

  it("leaves out of TweetEval what training texts nearly repeat, and keeps the training text", () => {
    const { sentiment, report } = load();
    const texts = sentiment.test.tweeteval;
    expect(sentiment.train.some(({ ids }) => ids.includes(quotedId))).toBe(true);
    expect(texts.some(({ ids }) => ids.includes(quotedId))).toBe(false);
    expect(report.leftOutOfTests.tweeteval).toBe(1);
    expect(texts.map(({ label, classes }) => [label, classes])).toEqual([
      [2, 3],
      [2, 3],
    ]);
  });

  it("trains on SST in a research build only, and on no copy of a measured text there either", () => {
    const [open, research] = [load(), load("research")];
    const setsOf = (data: BuildData) => new Set(data.sentiment.train.map(({ set }) => set));
    expect([...setsOf(research)].filter((set) => !setsOf(open).has(set))).toEqual(["sst5", "sst5_phrases"]);
    const sst = research.sentiment.train.filter(({ set }) => set.startsWith("sst5"));
    expect(sst.some(({ ids }) => ids.includes(leakedId))).toBe(false);
    expect(new Set(sst.map(({ classes, label }) => `${label} of ${classes}`)).size).toBe(5);
    expect(research.report.sentiment["sst5"]).toMatchObject({ rows: 60, heldOut: 0, removedDuplicates: 1 });
    expect(Object.keys(open.report.leftOut)).toContain("general/sst5, sst5_phrases");
    expect(Object.keys(research.report.leftOut)).not.toContain("general/sst5, sst5_phrases");
  });

  it("trains on the same open sets in both kinds of build", () => {
    const [open, research] = [load(), load("research")];
    const openSets = research.sentiment.train.filter(({ set }) => !set.startsWith("sst5"));
    expect(isDeepStrictEqual(research.text, open.text)).toBe(true);
    expect(isDeepStrictEqual(research.newWriters, open.newWriters)).toBe(true);
    expect(isDeepStrictEqual(openSets, open.sentiment.train)).toBe(true);
    expect(isDeepStrictEqual(research.sentiment.heldOut, open.sentiment.heldOut)).toBe(true);
  });

  it("leaves the sentences of SST dev and test out of MR, and measures on the test ones", () => {
    const { sentiment, report } = load();
    const { trained, heldOut } = report.sentiment["mr"]!;
    expect(trained + heldOut).toBeLessThanOrEqual(20);
    expect(sentiment.test.mr).toHaveLength(20);
  });

  it("holds documents out whole: none stands on both sides", () => {
    const { text } = load();
    for (const kind of textKinds) {
      const trained = new Set(text[kind].train.map(({ document }) => document));
      expect(text[kind].heldOut.length).toBeGreaterThan(0);
      expect(text[kind].heldOut.some(({ document }) => trained.has(document))).toBe(false);
    }
  });

  it("gives the same from the cache, and other held-out documents for another seed", () => {
    const first = load();
    expect(isDeepStrictEqual(load(), first)).toBe(true);
    const other = loadBuildData({ dataPath, cachePath, tokenizer, seed: 2 });
    const documents = (data: BuildData) =>
      new Set(data.text.wikipedia.heldOut.map(({ document }) => document));
    expect(documents(other)).not.toEqual(documents(first));
  });

  it("keeps passages within 128 tokens with [CLS] in front and [SEP] at the end", () => {
    for (const { ids, words: indices } of load().text.books.train) {
      expect(ids.length).toBeLessThanOrEqual(128);
      expect([ids[0], ids.at(-1)]).toEqual([tokenizer.specialIds.cls, tokenizer.specialIds.sep]);
      expect([indices[0], indices.at(-1)]).toEqual([0xffff, 0xffff]);
    }
  });
});
