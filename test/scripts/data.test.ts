import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuildData, loadBuildData } from "../../scripts/model/data.ts";
import { measuringFiles, sentimentSources, textKinds, textSources } from "../../scripts/model/sources.ts";
import { createRandom } from "../../src/learning/random.ts";
import { parseTokenizer } from "../../src/plm/tokenizer.ts";

const folder = mkdtempSync(join(tmpdir(), "build-data-"));
const dataPath = join(folder, "data");
const cachePath = join(folder, "cache");
const random = createRandom("words");
const vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "leaked"];
for (let number = 0; number < 400; number++) {
  vocabulary.push(`w${number}`);
}
const tokenizer = parseTokenizer({
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: vocabulary.slice(0, 5).map((content, id) => ({
    ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
  })),
  normalizer: {
    type: "BertNormalizer",
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: "BertPreTokenizer" },
  post_processor: null,
  decoder: { type: "WordPiece", prefix: "##", cleanup: true },
  model: {
    ...{
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
    },
    vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
  },
});
const leaked = "Leaked w1 w2 w3 w4 w5 w6 w7 w8 w9.";
const leakedId = vocabulary.indexOf("leaked");

beforeAll(() => {
  for (const { kind, file } of textSources) {
    const rows = Array.from({ length: 300 }, (_, row) => {
      const text = row % 50 === 7 ? leaked : words(120);
      return file.endsWith(".txt.gz") ? text : JSON.stringify({ writer: `${kind} writer ${row % 3}`, text });
    });
    write(file, file.endsWith(".txt.gz") ? rows : rows.sort());
  }
  for (const { set, file } of sentimentSources) {
    const sst = (row: number) => (set === "mr" ? { sst: ["train", "dev", "test"][row % 3] } : {});
    write(
      file,
      Array.from({ length: 60 }, (_, row) => {
        const label = set === "goemotions" ? { label: "joy", labels: ["joy"] } : { label: row % 2 };
        return JSON.stringify({ text: row === 3 ? leaked : words(12), ...label, ...sst(row) });
      }),
    );
  }
  for (const file of Object.values(measuringFiles)) {
    const label = file.includes("goemotions") ? { label: "anger", labels: ["anger"] } : { label: 4 };
    write(
      file,
      [leaked, words(12)].map((text) => JSON.stringify({ text, ...label })),
    );
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("loadBuildData", () => {
  const load = (): BuildData => loadBuildData({ dataPath, cachePath, tokenizer });

  it("trains on nothing that is measured, and counts what it removed", () => {
    const { text, sentiment, report } = load();
    const trained = [...textKinds.flatMap((kind) => text[kind].train), ...sentiment.train];
    expect(trained.length).toBeGreaterThan(1000);
    expect(trained.some(({ ids }) => ids.includes(leakedId))).toBe(false);
    expect(sentiment.test.sst2.some(({ ids }) => ids.includes(leakedId))).toBe(true);
    expect(report.text.wikipedia.removedParagraphs).toBeGreaterThan(0);
    expect(report.sentiment["cr"]?.removedDuplicates).toBe(1);
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
    expect(load()).toEqual(first);
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

function words(count: number): string {
  return `${Array.from({ length: count }, () => `w${random.integer(400)}`).join(" ")}.`;
}

function write(file: string, lines: readonly string[]): void {
  const path = join(dataPath, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, gzipSync(`${lines.join("\n")}\n`));
}
