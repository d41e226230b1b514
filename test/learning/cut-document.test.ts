import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cutDocument, cutSentence, drawEvenly, titleAndLead } from "../../src/learning/cut-document.ts";
import type { Passage } from "../../src/learning/passages.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { goldenPath } from "../plm/encoder/family-golden.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-passages-"));
let model: PretrainedModel;
beforeAll(async () => {
  model = await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("Each passage names the sentences it is made of, also where a long one is cut.", () => {
  const long = Array.from({ length: 100 }, () => "the bridge").join(" ");
  const { passages, records } = cutDocument(model, "a.md", ["the river.", long, "it was."]);
  expect(records.map(({ tokens }) => tokens)).toEqual(passages.map(({ ids }) => ids.length - 2));
  expect(records[0]).toMatchObject({ firstSentence: 0 });
  expect(records.at(-1)).toMatchObject({ endSentence: 3 });
  for (const [at, { firstSentence, endSentence }] of records.entries()) {
    expect(endSentence).toBeGreaterThan(firstSentence);
    const next = records[at + 1]?.firstSentence ?? endSentence;
    expect([endSentence - 1, endSentence]).toContain(next);
  }
});

test("Title and lead make one passage that fits the model, whatever they are.", () => {
  expect(titleAndLead(model, undefined, []).ids).toHaveLength(2);
  expect(titleAndLead(model, "the bridge", ["it was."]).ids).toHaveLength(7);
  const many = Array.from({ length: 50 }, () => "we were there.");
  expect(titleAndLead(model, "notes", many).ids.length).toBeLessThanOrEqual(64);
});

test("A sentence longer than the model is read in parts that all fit.", () => {
  const parts = cutSentence(model, "water ".repeat(200));
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.reduce((sum, { ids }) => sum + ids.length - 2, 0)).toBe(200);
});

test("Each sentence but the first is read as one that follows a space, which some tokenizers write into its first word.", async () => {
  const roberta = await PretrainedModel.open(goldenPath("tiny-roberta"), join(folder, "cache"));
  const encode = (text: string, isContinued: boolean) => roberta.tokenizer.encodeWords(text, { isContinued });
  expect(encode("The", true).ids).not.toEqual(encode("The", false).ids);
  const { passages } = cutDocument(roberta, "a.md", ["The", "The", "The"]);
  const [first, next] = [encode("The", false).ids, encode("The", true).ids];
  expect(passages.flatMap(({ ids }) => [...ids.slice(1, -1)])).toEqual([...first, ...next, ...next]);
});

const blank = (document: string): Passage => ({
  ids: new Uint16Array(2),
  words: new Uint16Array(2),
  document,
});

test("Passages are drawn evenly: no document gets two more than another that has any left.", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 }),
      fc.nat(40),
      fc.nat(),
      (sizes, limit, seed) => {
        const documents = sizes.map((size, name) => Array.from({ length: size }, () => blank(String(name))));
        const drawn = drawEvenly(documents, limit, createRandom(seed));
        expect(drawn).toHaveLength(Math.min(limit, documents.flat().length));
        const counts = documents.map(
          (_, name) => drawn.filter(({ document }) => document === String(name)).length,
        );
        const most = Math.max(0, ...counts);
        counts.forEach((count, name) => {
          expect(count === sizes[name] || count >= most - 1).toBe(true);
        });
        expect(drawEvenly(documents, limit, createRandom(seed))).toEqual(drawn);
      },
    ),
  );
});
