import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GeneralModel, trainGeneralModel } from "../../../src/lab/sentiment/general-model.ts";
import type { OpinionText } from "../../../src/lab/sentiment/opinion-texts.ts";
import { readWithPrompts } from "../../../src/lab/sentiment/read-with-prompts.ts";
import {
  type OpinionReader,
  type ReadWriter,
  readWriters,
  trainedScale,
} from "../../../src/lab/sentiment/read-writers.ts";
import { learnSoftmaxHead } from "../../../src/lab/sentiment/softmax-head.ts";
import type { TunedOpinions } from "../../../src/lab/sentiment/tuned-opinions.ts";
import type { TuningWord } from "../../../src/lab/tunings/tuning-words.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { generalReader } from "../../../src/profile/profile.ts";
import { classShares } from "../../../src/tone/head/ordinal-scale.ts";
import { labelShares } from "../../../src/tone/head/tone-classes.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-writer-prompts-"));
const words = ["down", "out", "first", "know"];
const [seed, threads] = [1, 1];

/** Texts of one writer who calls good what others call bad, where `isOdd`. */
function textsOf(writer: string, count: number, isOdd = false): readonly OpinionText[] {
  return Array.from({ length: count }, (_, at) => {
    const label = at % 4 < 2 === isOdd ? 1 : 0;
    return { writer, time: at, text: `the ${words[at % 4]} bridge ${at}`, label };
  });
}

let general: GeneralModel;
let encoder: TextEncoder;
let reader: OpinionReader;
let writers: readonly ReadWriter[];
const training = textsOf("Zoe", 80);
beforeAll(async () => {
  const base = generalReader(
    await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache")),
  );
  general = await trainGeneralModel({ base, texts: training, classes: 2, folder, seed, threads });
  encoder = new TextEncoder(general.model, { threads });
  reader = { ...general, encoder, classes: 2, folder };
  writers = await readWriters(
    reader,
    ["Ann", "Bob", "Cid"].map((writer, at) => {
      const texts = textsOf(writer, 14, at > 0);
      return { writer, known: texts.slice(0, 8), later: texts.slice(8) };
    }),
  );
});
afterAll(async () => {
  await encoder.release();
  rmSync(folder, { recursive: true, force: true });
});

const recipe = { rate: 1e-1, epochs: 4, l2: 1e-3 };

async function read(word: TuningWord, options: Partial<TunedOpinions> = {}) {
  const way = {
    words: [word],
    promptLength: 8,
    reparameterisation: "none",
    rank: 2,
    adapterWidth: 2,
  } as const;
  const tuned: TunedOpinions = {
    way,
    writerDropout: 0,
    strength: 1,
    products: "full",
    head: "ordinal",
    maskedLmWeight: 0,
    together: false,
    ...options,
  };
  const head =
    tuned.head === "softmax"
      ? await learnSoftmaxHead({ reader, texts: training, seed, threads }, async () => undefined)
      : undefined;
  const request = { reader, writers, recipe, seed, threads, control: false, tuned };
  return readWithPrompts({ ...request, ...(head && { head }) });
}

const latents = (readings: readonly { readonly own: readonly number[] }[]) =>
  readings.flatMap(({ own }) => own);

describe("Writers' own values", () => {
  test.each(["prompts", "lora", "bias"] as const)(
    "of %s are learned together as they are alone.",
    async (word) => {
      const alone = latents(await read(word));
      const together = latents(await read(word, { together: true }));
      const general = writers.flatMap(({ later }) => later.map(({ latent }) => latent));
      const far = alone.map((latent, at) => Math.abs(latent - general[at]!));
      const apart = alone.map((latent, at) => Math.abs(latent - together[at]!));
      expect(Math.max(...far)).toBeGreaterThan(0.05);
      expect(Math.max(...apart)).toBeLessThan(0.1 * Math.max(...far));
    },
  );

  test.each(["prompts", "bias"] as const)("of %s may learn hidden words along.", async (word) => {
    const alone = latents(await read(word));
    const joint = latents(await read(word, { maskedLmWeight: 2 }));
    const apart = Math.max(...alone.map((latent, at) => Math.abs(latent - joint[at]!)));
    // Hidden words say nothing of a bias on the tone.
    if (word === "bias") expect(apart).toBeLessThan(1e-5);
    else expect(apart).toBeGreaterThan(0.01);
  });
});

describe("A softmax head", () => {
  test("learns other writers' texts, and reads a writer who judges as they do.", async () => {
    const [ann] = await read("prompts", { head: "softmax", strength: 0 });
    const right = writers[0]!.later.filter(({ opinion }, at) => ann!.labels![at] === opinion.label);
    expect(right.length).toBeGreaterThanOrEqual(5);
  });

  test("says the same by its labels and by its latent valence where there are two.", async () => {
    const scale = await trainedScale(encoder);
    const readings = await read("bias", { head: "softmax" });
    for (const { own, labels } of readings) {
      const said = own.map((latent) => labelShares(classShares(latent, scale), 2));
      expect(said.map(([no, yes]) => (yes! > no! ? 1 : 0))).toEqual(labels);
    }
  });
});
