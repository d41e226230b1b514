import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noWord, type Passage } from "../../../src/learning/passages.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { modelConfigSchema } from "../../../src/plm/files/model-config.ts";
import { Safetensors } from "../../../src/plm/files/safetensors.ts";
import { sentimentHeadTensors } from "../../../src/plm/files/tensor-shapes.ts";
import { type StoredTensor, writeSafetensors } from "../../../src/plm/files/write-safetensors.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { type SoftPrompts, zeroPrompts } from "../../../src/prompts/soft-prompts.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import {
  type ExplanationMethod,
  strongestWords,
  ToneExplainer,
} from "../../../src/tone/reasons/tone-explainer.ts";

const tinyBert = join(import.meta.dirname, "../../golden/tiny-bert");
const embeddings = "bert.embeddings.word_embeddings.weight";
/** [CLS], three words of which the second has two tokens, [SEP]. */
const passage: Passage = {
  ids: Uint16Array.of(2, 7, 12, 30, 9, 3),
  words: Uint16Array.of(noWord, 0, 1, 1, 2, noWord),
};

let root: string;
let model: PretrainedModel;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "idiolect-explanation-"));
  model = await openModel("plain", () => undefined);
});
afterAll(() => rmSync(root, { recursive: true }));

/** The tiny BERT with a random sentiment head; `change` may move its word embeddings. */
async function openModel(name: string, change: (table: Float32Array) => void): Promise<PretrainedModel> {
  const path = mkdtempSync(join(root, `${name}-`));
  for (const file of ["config.json", "tokenizer.json"]) copyFileSync(join(tinyBert, file), join(path, file));
  const source = Safetensors.open(join(tinyBert, "model.safetensors"));
  const tensors = Array.from(source.entries.keys(), (tensor): StoredTensor => {
    const data = source.readFloats(tensor);
    if (tensor === embeddings) change(data);
    return { name: tensor, type: "F32", shape: source.entry(tensor).shape, data };
  });
  const random = createRandom("head");
  const config = modelConfigSchema.parse(JSON.parse(readFileSync(join(tinyBert, "config.json"), "utf8")));
  for (const [tensor, shape] of sentimentHeadTensors(config)) {
    const size = shape.reduce((product, extent) => product * extent, 1);
    tensors.push({
      name: tensor,
      type: "F32",
      shape,
      data: Float32Array.from({ length: size }, () => random.normal() / 2),
    });
  }
  writeSafetensors(join(path, "model.safetensors"), tensors);
  return PretrainedModel.open(path, join(root, "cache"));
}

async function explain(method: ExplanationMethod, of = model, prompts?: SoftPrompts, given = passage) {
  const explainer = new ToneExplainer(of, { threads: 1, method });
  const explanation = await explainer.explain(given, prompts);
  await explainer.release();
  return explanation;
}

async function latentOf(of: PretrainedModel, ids: Uint16Array, prompts?: SoftPrompts): Promise<number> {
  const encoder = new TextEncoder(of, { threads: 1 });
  const [reading] = await encoder.read([{ ids }], prompts);
  await encoder.release();
  return reading!.valence!;
}

const gradientTimesInput = { kind: "gradientTimesInput" } as const;
const integrated = (steps: number) => ({ kind: "integratedGradients", steps }) as const;

describe("an explanation of tone", () => {
  it("starts from the reading of the passage and of one whose words are all hidden", async () => {
    const { latent, baselineLatent, words } = await explain(gradientTimesInput);
    const hidden = Uint16Array.of(2, 4, 4, 4, 4, 3);
    expect(latent).toBeCloseTo(await latentOf(model, passage.ids as Uint16Array), 4);
    expect(baselineLatent).toBeCloseTo(await latentOf(model, hidden), 4);
    expect(words.map(({ word }) => word)).toEqual([0, 1, 2]);
  });

  it("adds up to the whole with integrated gradients, the closer the more steps", async () => {
    const [few, many] = [await explain(integrated(4)), await explain(integrated(200))];
    expect(Math.abs(many.completenessError)).toBeLessThan(1e-3 * Math.max(1, Math.abs(many.latent)));
    expect(Math.abs(many.completenessError)).toBeLessThanOrEqual(Math.abs(few.completenessError) + 1e-4);
  });

  it("goes through the middles of the steps: the weights' error falls with their square", async () => {
    const exact = (await explain(integrated(1_024))).words;
    const error = async (steps: number) => {
      const { words } = await explain(integrated(steps));
      return Math.max(...words.map(({ weight }, at) => Math.abs(weight - exact[at]!.weight)));
    };
    expect(await error(64)).toBeLessThan((await error(16)) / 10);
  });

  it("adds up under prompts, too", async () => {
    const prompts = zeroPrompts(model.config, 3);
    const random = createRandom("prompts");
    prompts.values.forEach((_, at) => {
      prompts.values[at] = random.normal();
    });
    const { latent, completenessError } = await explain(integrated(200), model, prompts);
    expect(latent).toBeCloseTo(await latentOf(model, passage.ids as Uint16Array, prompts), 4);
    expect(Math.abs(completenessError)).toBeLessThan(1e-3 * Math.max(1, Math.abs(latent)));
  });

  it("reports honestly what plain gradient times input leaves unexplained", async () => {
    const { words, latent, baselineLatent, completenessError } = await explain(gradientTimesInput);
    const sum = words.reduce((total, { weight }) => total + weight, 0);
    expect(sum + completenessError).toBeCloseTo(latent - baselineLatent, 5);
  });

  it("has weights that agree with finite differences of the word's embedding", async () => {
    const { words } = await explain(gradientTimesInput);
    const step = 0.02;
    const tokensOfWord = [[7], [12, 30]];
    for (const [word, tokens] of tokensOfWord.entries()) {
      const moved = (sign: number) =>
        openModel("moved", (table) => {
          for (const token of tokens) {
            for (let at = 0; at < 16; at++) {
              const towards = table[token * 16 + at]! - table[4 * 16 + at]!;
              table[token * 16 + at]! += sign * step * towards;
            }
          }
        });
      const ids = passage.ids as Uint16Array;
      const [above, below] = [await latentOf(await moved(1), ids), await latentOf(await moved(-1), ids)];
      const difference = (above - below) / (2 * step);
      expect(words[word]!.weight).toBeCloseTo(difference, 2);
    }
  });

  it("names the strongest words first and leaves out those without weight", () => {
    const weights = [0.1, -0.9, 0, 0.4, 0.2, 0.3, 0.9];
    const words = weights.map((weight, word) => ({ word, weight }));
    expect(strongestWords(words).map(({ word }) => word)).toEqual([1, 6, 3, 5, 4]);
  });
});
