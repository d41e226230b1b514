import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TooLittleTextError } from "../../../src/cli/errors.ts";
import type { Surroundings } from "../../../src/cli/surroundings.ts";
import { type EvaluatedDocument, readForEvaluation } from "../../../src/lab/evaluation/evaluated-document.ts";
import { usualChoice } from "../../../src/lab/evaluation/tuning-options.ts";
import {
  type FittedVectors,
  fitVectors,
  readVectorsOf,
  type VectorFit,
} from "../../../src/lab/tags/fit-vectors.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { type GeneralReader, generalReader } from "../../../src/profile/profile.ts";
import { writeTopicBlog } from "../../cli/topic-blog.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-fit-vectors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const silent: Surroundings = {
  out: () => undefined,
  note: () => undefined,
  warn: () => undefined,
  hasTerminal: false,
  readStandardInput: async () => Buffer.of(),
  askedLines: async function* () {},
};
let reader: GeneralReader;
let documents: readonly EvaluatedDocument[];
beforeAll(async () => {
  reader = generalReader(
    await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache")),
  );
  documents = await readForEvaluation(reader.model, writeTopicBlog(join(folder, "blog"), 72), silent);
});

const learned = 48;
const randomVector = (label: string): Float32Array => {
  const random = createRandom(label);
  return Float32Array.from({ length: 32 }, () => random.normal() / Math.sqrt(32));
};
const request = (choice: Partial<VectorFit["choice"]["way"]>, loss: VectorFit["loss"]): VectorFit => ({
  reader,
  loss,
  documents: documents.slice(0, learned),
  seed: 1,
  labelVector: (tag) => randomVector(tag),
  choice: {
    ...usualChoice,
    way: { ...usualChoice.way, ...choice },
    products: "full",
    epochs: 20,
    // A model of 32 random dimensions needs more than a trained one.
    rates: { prompt: 1e-1, lowRank: 2e-2, bias: 3e-2, head: 5e-2 },
  },
});

/** Mean cosine of later documents with a tag in common, less that of others. */
async function distance(fitted: FittedVectors, strength: number): Promise<number> {
  const later = documents.slice(learned);
  const vectors = await readVectorsOf(
    reader.model,
    fitted,
    later.map(({ lead }) => lead),
    strength,
  );
  const [same, other]: [number[], number[]] = [[], []];
  for (const [i, one] of vectors.entries()) {
    for (const [j, two] of vectors.entries()) {
      if (i >= j) continue;
      const isSame = later[i]!.document.tags[0] === later[j]!.document.tags[0];
      (isSame ? same : other).push(one.reduce((sum, x, at) => sum + x * two[at]!, 0));
    }
  }
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  return mean(same) - mean(other);
}

describe("Vectors that learn from tags", () => {
  test.each([
    ["contrastive", "prompts"],
    ["contrastive", "lora"],
    ["labels", "lora"],
  ] as const)("by the %s loss, with %s, tell later documents apart.", async (loss, word) => {
    const fitted = await fitVectors(request({ words: [word] }, loss), silent);
    const [before, after] = [await distance(fitted, 0), await distance(fitted, 1)];
    expect(after).toBeGreaterThan(1.5 * before);
  });

  test("are read without the network that prompts learned through.", async () => {
    const fitted = await fitVectors(request({ reparameterisation: "residual" }, "contrastive"), silent);
    expect(fitted.tuning.values.map(({ name }) => name)).toEqual(["prompts.0", "prompts.1"]);
    expect(await distance(fitted, 1)).toBeGreaterThan(await distance(fitted, 0));
  });

  test("need tags that some documents have and others do not.", async () => {
    const path = writeTopicBlog(join(folder, "alike"), 10, () => "notes");
    const alike = await readForEvaluation(reader.model, path, silent);
    const fit = fitVectors({ ...request({}, "contrastive"), documents: alike }, silent);
    await expect(fit).rejects.toThrow(TooLittleTextError);
    await expect(fit).rejects.toThrow("None of the tags of 8 documents");
  });
});
