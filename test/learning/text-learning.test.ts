import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  maskedLmLearning,
  type ObjectiveLearningOptions,
} from "../../src/lab/objectives/objective-learning.ts";
import { replacedTokenLearning } from "../../src/lab/objectives/replaced-token-objective.ts";
import { lowRankTuning } from "../../src/lab/tunings/low-rank-tuning.ts";
import { maskedLmHeadTuning } from "../../src/lab/tunings/masked-lm-head-tuning.ts";
import { startPrompts } from "../../src/lab/tunings/prompt-start.ts";
import { biasTuning } from "../../src/lab/tunings/weight-changes.ts";
import { weightTuning } from "../../src/lab/tunings/weight-tuning.ts";
import type { MaskableText } from "../../src/learning/objectives/masked-lm-objective.ts";
import type { TrainingOptions } from "../../src/learning/text-learning.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { MissingHeadError } from "../../src/plm/errors.ts";
import { openGenerator } from "../../src/plm/heads/generator.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { promptTuning } from "../../src/prompts/prompt-tuning.ts";
import type { SoftPrompts } from "../../src/prompts/soft-prompts.ts";
import { combineTunings, type Tuning } from "../../src/prompts/tuning.ts";
import { goldenPath } from "../plm/encoder/family-golden.ts";
import { openTinyModel, patternPassage } from "../plm/tiny-model.ts";

const root = mkdtempSync(join(tmpdir(), "idiolect-text-learning-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const random = createRandom("text learning");
let model: PretrainedModel;
let shared: SoftPrompts;
let examples: readonly MaskableText[];
let heldOut: readonly MaskableText[];
beforeAll(async () => {
  model = await openTinyModel(join(root, "cache"));
  const texts = textsFor(model);
  [examples, heldOut] = [texts.slice(0, 48), texts.slice(48)];
  shared = await startPrompts(model, { kind: "text", texts: examples.slice(0, 6) }, { length: 3 });
});

function textsFor(one: PretrainedModel): readonly MaskableText[] {
  return Array.from({ length: 60 }, (_, at) => {
    const { ids, words } = patternPassage(one, 6 + random.integer(10), random);
    return { ids, words, writer: `writer ${at % 2}` };
  });
}

const rates = {
  prompt: 5e-2,
  lowRank: 1e-2,
  adapter: 1e-2,
  bias: 1e-2,
  weight: 5e-3,
  head: 5e-3,
  shift: 1e-2,
};
const options: TrainingOptions = {
  seed: 5,
  epochs: 8,
  minimumSteps: 0,
  textsPerStep: 12,
  patience: 9,
  rates,
};
const running = { tokensPerRun: 100, threads: 1 };

/** The model 'updated along' with a writer's prompts, and prompts alone. */
const tunings: Readonly<Record<string, () => Tuning>> = {
  "prompts alone": () => promptTuning({ shared }),
  "prompts with BitFit": () => combineTunings(promptTuning({ shared }), biasTuning(model.config, "everyone")),
  "prompts with LoRA": () =>
    combineTunings(promptTuning({ shared }), lowRankTuning(model.config, { random, owner: "everyone" })),
  "prompts with all weights": () => combineTunings(promptTuning({ shared }), weightTuning(model)),
};

describe("masked words", () => {
  it.each(Object.keys(tunings))("are learned by %s", async (name) => {
    const learning = maskedLmLearning({ model, tuning: tunings[name]!(), ...running });
    const learned = await learning.train({ examples, heldOut }, options);
    const best = Math.min(...learned.curve.map((point) => point.heldOut!.loss));
    expect(best).toBeLessThan(learned.curve[0]!.heldOut!.loss - 0.02);
    const again = await learning.measure(heldOut, learned.values);
    expect(again.loss).toBeCloseTo(best, 5);
    expect(again["top1"]).toBeGreaterThanOrEqual(0);
    await learning.release();
  });

  it("are the same ones whenever held-out text is measured", async () => {
    const learning = maskedLmLearning({ model, tuning: promptTuning({ shared }), ...running });
    const values = { writers: {} };
    const [one, two] = [await learning.measure(heldOut, values), await learning.measure(heldOut, values)];
    expect(one).toEqual(two);
    expect(await learning.measure(heldOut, values, { strength: 0 })).toEqual(one);
    await learning.release();
  });

  it("are not in a text without words", async () => {
    const learning = maskedLmLearning({ model, tuning: promptTuning({ shared }), ...running });
    const { ids } = examples[0]!;
    const learned = await learning.train({ examples: [{ ids }] }, { ...options, epochs: 1 });
    expect(learned.curve.at(-1)!.trainLoss).toBe(0);
    await learning.release();
  });
});

describe("an ELECTRA model", () => {
  let electra: PretrainedModel;
  let generator: PretrainedModel;
  let texts: readonly MaskableText[];
  const partsOf = async (tuning: (prompts: Tuning) => Tuning): Promise<ObjectiveLearningOptions> => {
    const own = await startPrompts(electra, { kind: "zero" }, { length: 2 });
    return { model: electra, tuning: tuning(promptTuning({ shared: own })), ...running };
  };
  beforeAll(async () => {
    electra = await PretrainedModel.open(goldenPath("tiny-electra"), join(root, "cache"));
    generator = (await openGenerator(electra, join(root, "cache")))!;
    texts = textsFor(electra);
  });

  it("learns to tell replaced words, and repeats exactly", async () => {
    const parts = await partsOf((prompts) => combineTunings(prompts, weightTuning(electra)));
    const learning = replacedTokenLearning({ ...parts, generator });
    const data = { examples: texts.slice(0, 48), heldOut: texts.slice(48) };
    const learned = await learning.train(data, options);
    const { loss } = learned.curve.at(-1)!.heldOut!;
    expect(loss).toBeLessThan(learned.curve[0]!.heldOut!.loss - 0.02);
    expect(learned.curve.at(-1)!.heldOut!["accuracy"]).toBeGreaterThan(0.5);
    expect((await learning.train(data, { ...options, epochs: 1 })).curve).toEqual(
      (await learning.train(data, { ...options, epochs: 1 })).curve,
    );
    await learning.release();
  });

  it("learns masked words with a new head, which is trained and never made up", async () => {
    const bare = maskedLmLearning.bind(undefined, await partsOf((prompts) => prompts));
    expect(bare).toThrow(MissingHeadError);
    const parts = await partsOf((prompts) => combineTunings(prompts, maskedLmHeadTuning(electra.config)));
    const learning = maskedLmLearning(parts);
    const learned = await learning.train({ examples: texts.slice(0, 48), heldOut: texts.slice(48) }, options);
    expect(learned.curve.at(-1)!.heldOut!.loss).toBeLessThan(learned.curve[0]!.heldOut!.loss - 0.05);
    await learning.release();
  });
});
