import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readInContext } from "../../../src/lab/tone/context-readings.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { readSentences } from "../../../src/readings/tone/sentence-reader.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-context-readings-"));
let model: PretrainedModel;
let encoder: TextEncoder;
beforeAll(async () => {
  model = await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
  encoder = new TextEncoder(model, { threads: 1 });
});
afterAll(async () => {
  await encoder.release();
  rmSync(folder, { recursive: true, force: true });
});

const text = "The river was long.";
const read = (before: readonly string[]) =>
  readInContext(model, [{ text, before }], { prompts: undefined, threads: 1 }).then(([one]) => one!);

describe("readInContext", () => {
  test("reads a sentence with nothing before it as it is read alone.", async () => {
    const [alone] = await readSentences({ model, encoder, general: undefined }, [text]);
    expect((await read([])).latent).toBeCloseTo(alone!.latent, 4);
  });

  test("reads it otherwise beside the sentence before it, and does not read that sentence in its place.", async () => {
    const before = "I love this place.";
    const [other] = await readSentences({ model, encoder, general: undefined }, [before]);
    const { latent } = await read([before]);
    expect(Math.abs(latent - (await read([])).latent)).toBeGreaterThan(1e-4);
    expect(Math.abs(latent - other!.latent)).toBeGreaterThan(1e-4);
  });

  test("leaves out the furthest sentences where there is no room, and never cuts the text.", async () => {
    const near = "I love this place.";
    const far = Array.from({ length: 400 }, () => "They went on and on and on.").join(" ");
    expect(await read([far, near])).toEqual(await read([near]));
  });
});
