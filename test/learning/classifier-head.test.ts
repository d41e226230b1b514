import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Classifier } from "../../src/learning/classifier.ts";
import { mappedModelHead } from "../../src/learning/classifier-head.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { headOnly, type Numbers } from "../../src/prompts/tuning.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

const root = mkdtempSync(join(tmpdir(), "idiolect-head-"));
const random = createRandom("head");
const texts = [[5, 9, 30], [12, 60, 61, 62, 80], [40]].map((ids) => ({ ids: Uint16Array.from(ids) }));
let model: PretrainedModel;
let latents: readonly number[];
let thresholds: readonly number[];
beforeAll(async () => {
  model = await PretrainedModel.open(writeTinyModel(join(root, "model")), join(root, "cache"));
  const encoder = new TextEncoder(model, { threads: 1 });
  latents = (await encoder.read(texts)).map(({ valence }) => valence!);
  thresholds = [...(await encoder.thresholds())!];
  await encoder.release();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function read(classes: number, kind: "ordinal" | "softmax" = "ordinal", everyone: Numbers = {}) {
  const head = { kind, classes, start: "model", random } as const;
  const classifier = new Classifier({ model, tuning: headOnly, head, threads: 1 });
  const readings = await classifier.read(texts, { everyone });
  await classifier.release();
  return readings;
}

const above = (latent: number, threshold: number): number => 1 / (1 + Math.exp(threshold - latent));

describe("a head that starts from the model's", () => {
  it.each([2, 3, 4, 5])("reads %i ordered classes as the model's own head does", async (classes) => {
    const [a, b, c, d] = thresholds as [number, number, number, number];
    const middle = (b + c) / 2;
    const cuts = { 2: [middle], 3: [b, c], 4: [a, middle, d], 5: [a, b, c, d] }[classes]!;
    const readings = await read(classes);
    readings.forEach(({ probabilities, scores }, at) => {
      expect(scores[0]).toBeCloseTo(latents[at]!, 4);
      const shares = [1, ...cuts.map((cut) => above(latents[at]!, cut)), 0];
      probabilities.forEach((share, k) => {
        expect(share).toBeCloseTo(shares[k]! - shares[k + 1]!, 4);
      });
    });
  });

  it("has only the hidden layer of it where it has one logit a class", async () => {
    const readings = await read(3, "softmax");
    for (const { probabilities, scores } of readings) {
      expect(scores.length).toBe(3);
      expect(probabilities.reduce((sum, share) => sum + share)).toBeCloseTo(1, 5);
    }
  });

  it("reads the latent number through a map and other thresholds where it is given both", async () => {
    const cuts = [-0.4, -0.1, 0.2, 0.5];
    const readings = await read(5, "ordinal", mappedModelHead(model, { factor: 1.5, offset: -0.2 }, cuts));
    readings.forEach(({ probabilities, scores }, at) => {
      const mapped = 1.5 * latents[at]! - 0.2;
      expect(scores[0]).toBeCloseTo(mapped, 4);
      const shares = [1, ...cuts.map((cut) => above(mapped, cut)), 0];
      probabilities.forEach((share, k) => {
        expect(share).toBeCloseTo(shares[k]! - shares[k + 1]!, 4);
      });
    });
  });
});
