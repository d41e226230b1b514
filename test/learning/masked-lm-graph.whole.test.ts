import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { padBatch } from "../../src/learning/batching.ts";
import { cutDocument } from "../../src/learning/cut-document.ts";
import { maskedLmFeeds } from "../../src/learning/masked-lm-graph.ts";
import { maskingFor } from "../../src/learning/masked-lm-measure.ts";
import { applyMasks, chooseMask } from "../../src/learning/masking.ts";
import { tunedMaskedLm } from "../../src/learning/objectives/masked-lm-objective.ts";
import { TrainingSession, type TrainingStep } from "../../src/learning/training-session.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { promptTuning } from "../../src/prompts/prompt-tuning.ts";
import { loadSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import { needs } from "../prerequisite.ts";

const base = needs("base");
const basePath = resolve(import.meta.dirname, "../../models/idiolect-base");

const sentences = [
  "The kettle in the signal box takes eleven minutes, and I have stopped pretending that this is a fault.",
  "Every gate on the towpath was painted twice last autumn because the first green was the wrong green.",
  "My neighbour keeps bees, complains about them daily, and would not sell a single one for money.",
  "I read the timetable again and found that the early train had been moved to a later platform.",
];

describe.skipIf(base.isMissing)(`The shipped base in training${base.note}`, () => {
  let folder: string;
  let model: PretrainedModel;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "idiolect-rounded-"));
    model = await PretrainedModel.open(basePath, folder);
  });
  afterAll(async () => await rm(folder, { recursive: true, force: true }));

  async function stepWith(products: "rounded" | "full"): Promise<TrainingStep> {
    const tuning = promptTuning({ shared: loadSharedPrompts(model)!, trains: "shared" });
    const prompts = tuning.values.map(({ name, start }) => [name, start()] as const);
    const random = createRandom("rounded products");
    const { passages } = cutDocument(model, "towpath.md", sentences);
    const masks = passages.map((passage) => chooseMask(passage, maskingFor(model), random));
    const feeds = maskedLmFeeds(applyMasks(padBatch(passages, model.tokenizer.specialIds.pad), masks));
    const session = await TrainingSession.create(tunedMaskedLm({ model, tuning, products }), {
      threads: 1,
      compile: (bytes, given) => model.compileModel(bytes, given),
    });
    try {
      return await session.step(Object.fromEntries(prompts), feeds);
    } finally {
      await session.release();
    }
  }

  test("Products in 8 bits change the loss a little and its gradient's direction hardly.", async () => {
    const [rounded, full] = [await stepWith("rounded"), await stepWith("full")];
    expect(rounded.loss).not.toBe(full.loss);
    expect(Math.abs(rounded.loss - full.loss)).toBeLessThan(0.05);
    expect(cosine(rounded.gradients, full.gradients)).toBeGreaterThan(0.985);
  });
});

function cosine(a: TrainingStep["gradients"], b: TrainingStep["gradients"]): number {
  const [left, right] = [a, b].map((gradients) => Object.values(gradients).flatMap((one) => [...one]));
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, number, at) => sum + number * y[at]!, 0);
  return dot(left!, right!) / Math.sqrt(dot(left!, left!) * dot(right!, right!));
}
