import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cutSentence } from "../../../src/learning/cut-document.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { generalReader } from "../../../src/profile/profile.ts";
import { explainTone } from "../../../src/readings/tone/explain-tone.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import { shapleyWeights } from "../../../src/tone/reasons/shapley-weights.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";

describe("Weights of words", () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-weights-"));
  const sentence = "They could see the long river, and the bridge was not there!";
  let model: PretrainedModel;
  let encoder: TextEncoder;

  beforeAll(async () => {
    model = await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
    encoder = new TextEncoder(model, { threads: 1, tokensPerRun: 256 });
  });
  afterAll(async () => {
    await encoder.release();
    rmSync(folder, { recursive: true });
  });

  it("add up to the reading, less that with every word hidden", async () => {
    const [passage] = cutSentence(model, sentence);
    const maskId = model.tokenizer.specialIds.mask;
    const words = [...new Set(passage!.words)].filter((word) => word !== 0xffff);
    const hidden = Uint16Array.from(passage!.ids, (id, at) => (passage!.words[at] === 0xffff ? id : maskId));
    const [whole, nothing] = await encoder.read([passage!, { ids: hidden }]);
    const groups = words.map((word) => [word]);
    const random = createRandom(1);
    const weights = await shapleyWeights({ encoder, prompts: undefined, maskId }, passage!, groups, random);

    const explained = weights.reduce((sum, weight) => sum + weight, 0);
    expect(explained).toBeCloseTo(whole!.valence! - nothing!.valence!, 4);
  });

  it("are of the whole vocabulary: a mask token beyond 65,535 is the one that is read", async () => {
    const maskId = 70_001;
    const passage = { ids: Uint16Array.of(2, 9, 12, 3), words: Uint16Array.of(0xffff, 0, 1, 0xffff) };
    const read: TextEncoder["read"] = async (texts) =>
      texts.map(({ ids }) => ({
        vector: new Float32Array(0),
        valence: ids.indexOf(9) + ids.indexOf(maskId),
      }));
    const counting = { encoder: { read }, prompts: undefined, maskId };
    const weights = await shapleyWeights(counting, passage, [[0], [1]], createRandom(1));
    // Whole: 1 − 1. All hidden: −1 + 1. In between the mask stands at 1 or 2.
    expect(weights[0]! + weights[1]!).toBeCloseTo(0, 9);
    expect(weights[1]).toBeLessThan(0);
  });

  it("are told of the five strongest words, the same each time, and marks go with their word", async () => {
    const readers = { encoder, reader: generalReader(model) };
    const first = await explainTone(readers, sentence);
    const again = await explainTone(readers, sentence);

    expect(again).toEqual(first);
    expect(first.length).toBeLessThanOrEqual(5);
    for (const { word } of first) expect(sentence).toContain(word);
    expect(first.map(({ word }) => word)).not.toContain("!");
    const strengths = first.map(({ weight }) => Math.abs(weight));
    expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
  });

  it("are of whole words, as they are written", async () => {
    const spoken = "They couldn't see the bridge's long river.";
    const words = await explainTone({ encoder, reader: generalReader(model) }, spoken);
    const pieces = ["couldn", "t", "bridge", "s"];
    expect(words.filter(({ word }) => pieces.includes(word))).toEqual([]);
    expect(words.map(({ word }) => word).filter((word) => word.includes("'"))).not.toEqual([]);
  });

  it("are none of nothing", async () => {
    expect(await explainTone({ encoder, reader: generalReader(model) }, "")).toEqual([]);
  });
});
