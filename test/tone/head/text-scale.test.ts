import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Graph } from "../../../src/graph/graph.ts";
import { padBatch } from "../../../src/learning/batching.ts";
import { bertEncoder } from "../../../src/plm/encoder/bert-encoder.ts";
import { textInputs } from "../../../src/plm/encoder/encoder-inputs.ts";
import { modelConfigSchema } from "../../../src/plm/files/model-config.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { readSentences } from "../../../src/readings/tone/sentence-reader.ts";
import { classShares, scaleOfText } from "../../../src/tone/head/ordinal-scale.ts";
import { toneScale } from "../../../src/tone/head/tone-calibration.ts";
import { toneShares } from "../../../src/tone/head/tone-head.ts";
import { documentLatent } from "../../../src/tone/reading/document-latent.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import { generalTone, PersonalTone } from "../../../src/tone/writer/personal-tone.ts";
import { WriterPosterior } from "../../../src/tone/writer/writer-posterior.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";
import { scale, text, valence } from "../tone-texts.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-text-scale-"));
afterAll(() => rmSync(folder, { recursive: true }));

const calibration = { temperature: 1.5, minimum: { negative: 0.7, positive: 0.6 } };

describe("a model whose head gives each text a scale of its own", () => {
  it("is read as its head says, by what its config.json declares", async () => {
    const fields = { tone_head: "location_scale", tone_calibration: calibration };
    const model = await PretrainedModel.open(
      writeTinyModel(join(folder, "model"), { fields }),
      join(folder, "cache"),
    );
    const encoder = new TextEncoder(model, { threads: 1 });
    const sentences = ["i love the river", "was it for them?", "no"];
    const read = await readSentences({ model, encoder, general: undefined }, sentences);
    const own = await encoder.scale();
    await encoder.release();
    expect(own).toMatchObject({
      temperature: 1.5,
      minimumConfidence: { negative: 0.7, neutral: 0, positive: 0.6 },
    });
    expect(new Set(read.map(({ textScale }) => textScale)).size).toBe(3);
    const { cls, sep, pad } = model.tokenizer.specialIds;
    const graph = new Graph();
    const inputs = textInputs(graph);
    const weights = model.weights(graph);
    const probabilities = toneShares(
      model.config,
      weights,
      bertEncoder(model.config, weights, inputs).rows,
      inputs,
    );
    const session = await model.compile(graph, { probabilities }, { threads: 1 });
    for (const [at, sentence] of sentences.entries()) {
      const ids = Uint16Array.of(cls, ...model.tokenizer.encodeWords(sentence).ids, sep);
      const { batch, length, ids: row, mask } = padBatch([{ ids }], pad);
      const shape = [batch, length];
      const found = await session.run({ ids: { data: row, shape }, mask: { data: mask, shape } });
      const uncalibrated = scaleOfText(read[at]!, { ...own!, temperature: 1 });
      classShares(read[at]!.latent, uncalibrated).forEach((share, k) => {
        expect(Number(found["probabilities"]!.data[k])).toBeCloseTo(share, 5);
      });
    }
    await session.release();
  });

  it("has its own thresholds and nothing of the older base's calibration", () => {
    expect(toneScale({ tone_head: "location_scale" }, [-3, -1, 1, 2])).toEqual({
      thresholds: [-3, -1, 1, 2],
      temperature: 1,
      minimumConfidence: { negative: 0, neutral: 0, positive: 0 },
    });
    expect(toneScale({ tone_head: "ordinal" }, [-3, -1, 1, 2]).temperature).toBe(1.3);
  });

  it("is refused where its calibration is none", () => {
    const config = { model_type: "bert", hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2 };
    const shape = { intermediate_size: 8, vocab_size: 9, max_position_embeddings: 9, hidden_act: "gelu" };
    const parse = (tone_calibration: unknown) =>
      modelConfigSchema.safeParse({ ...config, ...shape, tone_calibration });
    expect(parse(calibration).success).toBe(true);
    expect(parse({ ...calibration, temperature: 0 }).success).toBe(false);
    expect(parse({ ...calibration, minimum: { negative: 2, positive: 0 } }).success).toBe(false);
  });
});

describe("a text's own scale", () => {
  const plain = text("plain", 0.2, 0);

  it("makes a neutral text as sure as it is clear", () => {
    const tone = new PersonalTone(generalTone, [], scale);
    const confidences = [1, 0.25].map((textScale) => tone.read({ ...plain, textScale }).confidence);
    expect(confidences[0]).toBeLessThan(0.5);
    expect(confidences[1]).toBeGreaterThan(0.9);
  });

  it("makes a sure neutral sentence weigh less in its document", () => {
    const loud = { latent: 3, words: 10 };
    const quiet = { latent: 0, words: 10 };
    const document = (textScale: number) => documentLatent([loud, { ...quiet, textScale }], scale);
    expect(document(0.2)).toBeGreaterThan(document(1) + 0.3);
  });

  it("makes a clear text say more of the writer's shift", () => {
    const label = { latent: 0.9, target: valence(0.5), weight: 1 };
    const bias = (textScale: number) => WriterPosterior.of([{ ...label, textScale }], scale).shift.bias;
    expect(bias(0.5)).toBeGreaterThan(bias(1));
  });
});
