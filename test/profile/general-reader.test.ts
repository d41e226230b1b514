import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { shippedConfig } from "../../scripts/model/shipped-config.ts";
import { cutSentence } from "../../src/learning/cut-document.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { type GeneralReader, generalReader } from "../../src/profile/profile.ts";
import { saveSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import { readSentences } from "../../src/readings/tone/sentence-reader.ts";
import { ToneReader } from "../../src/readings/tone/tone-reader.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

const sentence = "The river was long and the bridge was not.";

describe("The switch of a model that reads tone without the shared prompts", () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-reader-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A model with shared prompts, and with what its config.json says of reading tone with them. */
  async function openReader(name: string, fields: Readonly<Record<string, unknown>>): Promise<GeneralReader> {
    const path = writeTinyModel(join(folder, name), { fields });
    const random = createRandom("prompts");
    const [layers, length, hiddenSize] = [2, 4, 32];
    const values = Float32Array.from({ length: layers * length * hiddenSize }, random.normal);
    saveSharedPrompts(path, { layers, length, hiddenSize, values });
    return generalReader(await PretrainedModel.open(path, join(folder, "cache")));
  }

  /** The latent valence of the sentence as the product reads it, with the shared prompts, and without. */
  async function read(reader: GeneralReader) {
    const { model, prompts } = reader;
    const encoder = new TextEncoder(model, { threads: 1 });
    try {
      const passages = cutSentence(model, sentence);
      const tone = await ToneReader.open({ encoder, reader }, undefined);
      const shown = (await tone.encode([sentence]))[0]!.latent;
      const [withPrompts] = await readSentences({ model, encoder, general: prompts }, [sentence]);
      const without = (await encoder.read(passages))[0]!.valence!;
      return { shown, withPrompts: withPrompts!.latent, without };
    } finally {
      await encoder.release();
    }
  }

  it("is on where config.json says nothing: tone is read with them", async () => {
    const { shown, withPrompts, without } = await read(await openReader("on", {}));
    expect(shown).toBeCloseTo(withPrompts, 5);
    expect(Math.abs(shown - without)).toBeGreaterThan(1e-3);
  });

  it("leaves them to vectors and hidden words where it is off", async () => {
    const reader = await openReader("off", { tone_prompts: false });
    const { shown, withPrompts, without } = await read(reader);
    expect(reader.prompts).toBeDefined();
    expect(shown).toBeCloseTo(without, 5);
    expect(Math.abs(shown - withPrompts)).toBeGreaterThan(1e-3);
  });

  it("makes another model, of which former profiles are none", async () => {
    const [on, off] = [await openReader("a", {}), await openReader("b", { tone_prompts: false })];
    expect(on.id).not.toBe(off.id);
  });

  it("is written into the config.json of an export where it is off", async () => {
    const { model } = await openReader("exported", { tone_prompts: false });
    expect(shippedConfig(model.config)).toMatchObject({ tone_prompts: false });
    expect(shippedConfig({ ...model.config, tone_prompts: true })).not.toHaveProperty("tone_prompts");
  });
});
