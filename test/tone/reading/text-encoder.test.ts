import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Passage } from "../../../src/learning/passages.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import type { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { realTextPrompts } from "../../../src/prompts/shared-prompts.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import { openTinyModel, patternPassage } from "../../plm/tiny-model.ts";

let model: PretrainedModel;
let encoder: TextEncoder;
let texts: Passage[];
beforeAll(async () => {
  model = await openTinyModel();
  encoder = new TextEncoder(model, { threads: 1, tokensPerRun: 64 });
  const random = createRandom(5);
  texts = Array.from({ length: 12 }, (_, at) => patternPassage(model, 2 + at, random));
});
afterAll(() => encoder.release());

describe("the text encoder", () => {
  it("gives unit vectors", async () => {
    const readings = await encoder.read(texts);
    for (const { vector } of readings) {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
  });

  it("reads a text alike whatever it is batched with", async () => {
    const together = await encoder.read(texts);
    for (const [at, text] of texts.entries()) {
      const [alone] = await encoder.read([text]);
      const difference = Math.max(
        ...alone!.vector.map((value, i) => Math.abs(value - together[at]!.vector[i]!)),
      );
      expect(difference).toBeLessThan(1e-5);
    }
  });

  it("reads differently with prompts", async () => {
    const prompts = await realTextPrompts(model, texts, 2);
    const [plain] = await encoder.read(texts.slice(0, 1));
    const [prompted] = await encoder.read(texts.slice(0, 1), prompts);
    expect(prompted!.vector).not.toEqual(plain!.vector);
  });

  it("has no valence where the model has no sentiment head", async () => {
    expect((await encoder.read(texts.slice(0, 1)))[0]!.valence).toBeUndefined();
    expect(await encoder.thresholds()).toBeUndefined();
  });

  it("stops where its caller cancels", async () => {
    await expect(
      encoder.read(texts, undefined, () => Promise.reject(new Error("cancelled"))),
    ).rejects.toThrow("cancelled");
  });
});
