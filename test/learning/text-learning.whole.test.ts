import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { maskedLmLearning } from "../../src/lab/objectives/objective-learning.ts";
import { biasTuning } from "../../src/lab/tunings/weight-changes.ts";
import { Classifier } from "../../src/learning/classifier.ts";
import { cutDocument } from "../../src/learning/cut-document.ts";
import type { MaskableText } from "../../src/learning/objectives/masked-lm-objective.ts";
import type { TrainingOptions } from "../../src/learning/text-learning.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { promptTuning } from "../../src/prompts/prompt-tuning.ts";
import { loadSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import type { SoftPrompts } from "../../src/prompts/soft-prompts.ts";
import { combineTunings, headOnly } from "../../src/prompts/tuning.ts";
import { needs } from "../prerequisite.ts";

const base = needs("base");
const basePath = resolve(import.meta.dirname, "../../models/idiolect-base");

const sentences = [
  "The kettle in the signal box takes eleven minutes, and I have stopped pretending that this is a fault.",
  "Every gate on the towpath was painted twice last autumn because the first green was the wrong green.",
  "My neighbour keeps bees, complains about them daily, and would not sell a single one for money.",
  "I read the timetable again and found that the early train had been moved to a later platform.",
];
const options: TrainingOptions = { seed: 1, epochs: 3, minimumSteps: 0, textsPerStep: 4, warmupSteps: 1 };
const running = { threads: 1, tokensPerRun: 256 };

describe.skipIf(base.isMissing)(`The shipped base, tuned${base.note}`, () => {
  let folder: string;
  let model: PretrainedModel;
  let shared: SoftPrompts;
  let texts: readonly MaskableText[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "idiolect-tuned-"));
    model = await PretrainedModel.open(basePath, folder);
    shared = loadSharedPrompts(model)!;
    texts = sentences.flatMap((sentence) => cutDocument(model, "towpath.md", [sentence]).passages);
  });
  afterAll(async () => await rm(folder, { recursive: true, force: true }));

  test("Masked words are learned with products in 8 bits where asked, and measured in full.", async () => {
    const train = async (products: "rounded" | "full") => {
      const tuning = combineTunings(promptTuning({ shared }), biasTuning(model.config, "everyone"));
      const learning = maskedLmLearning({ model, tuning, products, ...running });
      const learned = await learning.train({ examples: texts, heldOut: texts }, options);
      await learning.release();
      return learned;
    };
    const [rounded, full] = [await train("rounded"), await train("full")];
    expect(rounded.curve[0]!.heldOut).toEqual(full.curve[0]!.heldOut);
    expect(rounded.curve[1]!.trainLoss).not.toBe(full.curve[1]!.trainLoss);
    expect(Math.abs(rounded.curve[1]!.trainLoss! - full.curve[1]!.trainLoss!)).toBeLessThan(0.3);
  });

  test("Its head reads tone before any training, and goes on from there.", async () => {
    const random = createRandom("head");
    const head = { kind: "ordinal", classes: 2, start: "model", random } as const;
    const classifier = new Classifier({ model, tuning: headOnly, head, ...running });
    const read = async (sentence: string) => {
      const { passages } = cutDocument(model, "tone.md", [sentence]);
      const [reading] = await classifier.read(passages, {});
      return reading!.probabilities[1]!;
    };
    expect(await read("What a wonderful, moving and funny film, I loved every minute.")).toBeGreaterThan(0.8);
    expect(await read("A dull, lifeless mess that wastes two hours of your life.")).toBeLessThan(0.2);
    await classifier.release();
  });
});
