import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HardPrompts } from "../../../../src/lab/hard-prompts/hard-prompts.ts";
import { sampleOpinions } from "../../../../src/lab/studies/opinions/sample-opinions.ts";
import { writingOf } from "../../../../src/lab/studies/opinions/writing.ts";
import { quickSizes } from "../../../../src/lab/studies/study-sizes.ts";
import { besidePassages, WordsContext } from "../../../../src/lab/studies/words/words-context.ts";
import { maskingFor } from "../../../../src/learning/masked-lm-measure.ts";
import { fixedMasks } from "../../../../src/learning/masking.ts";
import { createRandom } from "../../../../src/numbers/random.ts";
import { PretrainedModel } from "../../../../src/plm/pretrained-model.ts";
import { writeTinyModel } from "../../../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-words-context-"));
let model: PretrainedModel;
beforeAll(async () => {
  model = await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const vector = Float32Array.of(1);

test("With passages beside it a text has the same words hidden as alone, and none of a passage.", () => {
  const [writer] = writingOf(model, sampleOpinions().texts, 4);
  const passages = writer!.documents.slice(0, 8).flatMap((document) => document.passages);
  const prompts: HardPrompts = {
    order: "recent",
    choose: () => [{ ids: [7, 8, 9], vector, time: 0 }],
  };
  const beside = passages.map(
    (passage) => besidePassages(model, { passage, shown: { ids: [], vector } }, prompts, 64).passage,
  );
  expect(beside[0]!.ids.length).toBe(passages[0]!.ids.length + 4);
  const masks = (all: typeof passages) => fixedMasks(all, maskingFor(model), createRandom("any"));
  expect(masks(beside)).toEqual(masks(passages));
});

test("All orders are measured on the same words; another writer's passages are the control.", async () => {
  const writers = writingOf(model, sampleOpinions().texts, 4);
  const context = new WordsContext({ base: model, writers, sizes: quickSizes, threads: 1 });
  const listen = async () => undefined;
  const measure = (order: "none" | "lexical", tokens: number) =>
    context.measure({ kind: "hard", order, tokens }, new Map(), listen);
  const alone = await measure("none", 64);
  expect(Object.keys(alone)).toHaveLength(4);
  for (const figures of Object.values(alone)) expect(Object.keys(figures)).toEqual(["own"]);
  const beside = await measure("lexical", 64);
  for (const [writer, figures] of Object.entries(beside)) {
    expect(Object.keys(figures)).toEqual(["own", "passages of another writer"]);
    expect(figures["own"]!["loss"]).not.toBe(alone[writer]!["own"]!["loss"]);
  }
  // A budget without room for passages leaves the text as it is alone.
  const cramped = await measure("lexical", 3);
  for (const [writer, { own }] of Object.entries(cramped)) {
    expect(own).toEqual({ ...alone[writer]!["own"], "passages beside an input": 0, "passages left out": 12 });
  }
});

test("Learned texts have passages of the same writer beside them, never themselves.", async () => {
  const writers = writingOf(model, sampleOpinions().texts, 4);
  const context = new WordsContext({ base: model, writers, sizes: quickSizes, threads: 1 });
  const [first, second] = writers;
  const learned = await context.learnable([first!.writer], 6, 64, createRandom("orders"));
  expect(learned).toHaveLength(6);
  const sentences = (writer: typeof first) =>
    new Set(writer!.documents.map(({ passages }) => tokens(passages[0]!.ids)));
  const [own, others] = [sentences(first), sentences(second)];
  let beside = 0;
  for (const { ids } of learned) {
    const [text, ...passages] = tokens(ids).split(",3,");
    for (const passage of passages.filter((one) => one !== "")) {
      expect([...own].filter((one) => one.includes(passage)).length).toBeGreaterThan(0);
      expect(passage).not.toBe(text!.slice(2));
      beside++;
    }
  }
  expect(beside).toBeGreaterThan(0);
  expect(own.intersection(others).size).toBe(0);
});

/** Ids as text, with a comma at either end so that [SEP], which is 3, can be split at. */
const tokens = (ids: ArrayLike<number>): string => `,${Array.from(ids).join(",")},`;
