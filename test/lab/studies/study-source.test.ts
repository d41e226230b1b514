import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { StudyDataError } from "../../../src/lab/studies/errors.ts";
import { sampleOpinions } from "../../../src/lab/studies/opinions/sample-opinions.ts";
import { dealWriters } from "../../../src/lab/studies/opinions/sentiment-texts.ts";
import { quickSizes } from "../../../src/lab/studies/study-sizes.ts";
import { hasLabels, openOpinions, openWriting } from "../../../src/lab/studies/study-source.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-study-data-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const openModel = () => PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));

test("Where the data sets are missing, it is said which, and what else can be done.", async () => {
  const shared = { kind: "shared", folder: join(folder, "nowhere") } as const;
  expect(() => openOpinions(shared)).toThrow(StudyDataError);
  expect(() => openOpinions(shared)).toThrow("rt-critics.jsonl.gz is missing");
  await expect(openWriting(shared, await openModel(), quickSizes)).rejects.toMatchObject({
    message: expect.stringContaining("corpora is missing"),
    advice: expect.stringContaining("--data <file>"),
  });
});

test("Texts with tags in place of labels serve for hidden words, by writer and time, packed or not.", async () => {
  const lines = Array.from({ length: 12 }, (_, at) =>
    JSON.stringify({
      writer: `w${at % 2}`,
      time: `2024-01-${20 - at}`,
      text: `The bridge ${at}.`,
      tags: ["a"],
    }),
  );
  const path = join(folder, "tags.jsonl.gz");
  writeFileSync(path, gzipSync(lines.join("\n")));
  const source = { kind: "file", path, options: {} } as const;
  expect(hasLabels(source)).toBe(false);
  const writers = await openWriting(source, await openModel(), quickSizes);
  expect(
    writers.map(({ writer, documents }) => [writer, documents.map(({ sentences }) => sentences[0])]),
  ).toEqual([
    [
      "w0",
      ["The bridge 10.", "The bridge 8.", "The bridge 6.", "The bridge 4.", "The bridge 2.", "The bridge 0."],
    ],
    [
      "w1",
      ["The bridge 11.", "The bridge 9.", "The bridge 7.", "The bridge 5.", "The bridge 3.", "The bridge 1."],
    ],
  ]);
});

test("A broken line and a file of one writer are told.", async () => {
  const path = join(folder, "broken.jsonl");
  writeFileSync(path, '{"writer":"Ann","text":"Fine."}\n{"writer":"Ann"}\n');
  const source = { kind: "file", path, options: {} } as const;
  const model = await openModel();
  await expect(openWriting(source, model, quickSizes)).rejects.toThrow("line 2 is no text");
  writeFileSync(path, '{"writer":"Ann","text":"Fine."}\n'.repeat(9));
  await expect(openWriting(source, model, quickSizes)).rejects.toThrow("no two writers");
});

test("The sample's writers use the same words and call other texts good.", () => {
  const { texts } = sampleOpinions();
  const shareOfGood = (isLenient: boolean): number => {
    const own = texts.filter(({ writer }) => (Number(writer.slice(7)) % 2 === 1) === isLenient);
    return own.filter(({ label }) => label === 1).length / own.length;
  };
  expect(shareOfGood(true)).toBeGreaterThan(0.7);
  expect(shareOfGood(false)).toBeLessThan(0.5);
  expect(new Set(texts.map(({ text }) => text)).size).toBe(texts.length);
});

test("Nobody is measured on what was learned: writers are dealt out, and near copies left out and counted.", () => {
  const { texts } = sampleOpinions();
  const deal = (all: typeof texts, seen: readonly string[]) =>
    dealWriters(all, seen, quickSizes, createRandom(1));
  const plain = deal(texts, []);
  expect(plain).toMatchObject({ nearCopies: expect.any(Number), targets: { length: 4 } });
  const groups = [plain.targets, plain.tuning].map((group) => group.map(({ writer }) => writer));
  const trained = new Set(plain.training.map(({ writer }) => writer));
  expect(groups.flat().filter((writer) => trained.has(writer))).toEqual([]);
  expect(new Set(groups.flat()).size).toBe(groups.flat().length);
  const later = plain.targets[0]!.later[0]!;
  const again = deal(texts, [`${later.text.toUpperCase()}!`]);
  expect(again.targets.flatMap((writer) => writer.later)).not.toContain(later);
  expect(again.nearCopies).toBeGreaterThan(plain.nearCopies);
});
