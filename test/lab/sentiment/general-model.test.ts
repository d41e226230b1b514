import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  examplesOf,
  type GeneralModelRequest,
  trainGeneralModel,
} from "../../../src/lab/sentiment/general-model.ts";
import { Classifier } from "../../../src/learning/classifier.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { generalReader } from "../../../src/profile/profile.ts";
import { promptTuning } from "../../../src/prompts/prompt-tuning.ts";
import type { ClassCount } from "../../../src/tone/head/tone-classes.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-general-model-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function requestFor(classes: ClassCount): Promise<GeneralModelRequest> {
  const path = writeTinyModel(join(folder, "model"));
  const base = generalReader(await PretrainedModel.open(path, join(folder, "cache")));
  const words = ["down", "out", "not", "first", "know"];
  const texts = Array.from({ length: 60 }, (_, at) => ({
    writer: "Ann",
    time: at,
    text: `the ${words[at % classes]} bridge ${at}`,
    label: at % classes,
  }));
  return { base, texts, classes, folder: join(folder, `${classes}`), seed: 1, threads: 1 };
}

for (const classes of [2, 3, 4, 5] as const) {
  test(`A general model for ${classes} classes reads the same by its head and by a classifier on it.`, async () => {
    const request = await requestFor(classes);
    const { model, prompts } = await trainGeneralModel(request);
    const texts = request.texts.flatMap((text) => examplesOf(model, text));
    const encoder = new TextEncoder(model, { threads: 1 });
    const readings = await encoder.read(
      texts.map(({ ids }) => ({ ids: Uint16Array.from(ids) })),
      prompts,
    );
    await encoder.release();
    const head = { kind: "ordinal", classes, start: "model", random: createRandom(1) } as const;
    const classifier = new Classifier({ model, tuning: promptTuning({ shared: prompts }), head, threads: 1 });
    const read = await classifier.read(texts, {});
    await classifier.release();
    for (const [at, { valence }] of readings.entries()) expect(read[at]!.scores[0]).toBeCloseTo(valence!, 4);
  });
}

test("What was trained before is taken from the folder, and other texts make another model.", async () => {
  const request = await requestFor(2);
  const before = await trainGeneralModel(request);
  const kept = () => readdirSync(request.folder).filter((name) => name.startsWith("general-"));
  const names = kept();
  const steps: number[] = [];
  const again = await trainGeneralModel(request, async (fraction) => void steps.push(fraction));
  expect({ id: again.model.id, steps, names: kept() }).toEqual({ id: before.model.id, steps: [], names });
  const other = await trainGeneralModel({ ...request, texts: request.texts.slice(1) });
  expect(other.model.id).not.toBe(before.model.id);
  expect(kept()).toHaveLength(names.length + 1);
});
