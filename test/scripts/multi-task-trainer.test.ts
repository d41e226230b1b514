import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BuildBatches } from "../../scripts/model/build-batches.ts";
import { writeBuiltModel } from "../../scripts/model/built-model.ts";
import { restoreCheckpoint, saveCheckpoint } from "../../scripts/model/checkpoint.ts";
import { Dropout } from "../../scripts/model/dropout.ts";
import { Measurer, toneAccuracy } from "../../scripts/model/measure.ts";
import {
  type BuildStep,
  MultiTaskTrainer,
  type TrainerOptions,
  usualWeights,
} from "../../scripts/model/multi-task-trainer.ts";
import { builtConfig, startWeights, type Weights } from "../../scripts/model/start-weights.ts";
import { studentConfig, studentWeights } from "../../scripts/model/student.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { type ModelDirectory, readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { loadTokenizer, type Tokenizer } from "../../src/plm/tokens/tokenizer.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { smallBatches, smallData } from "./small-build.ts";

const folder = mkdtempSync(join(tmpdir(), "multi-task-"));
afterAll(() => rmSync(folder, { recursive: true }));
const sets = BuildBatches.sets.length;
const totalSteps = 150;
let source: ModelDirectory;
let tokenizer: Tokenizer;
beforeAll(async () => {
  source = await readModelDirectory(writeTinyModel(join(folder, "source"), { tone: false }));
  tokenizer = await loadTokenizer(source.path);
});

const optionsFor = (unlabelled: number, dropout = 0): TrainerOptions => ({
  batches: smallBatches(tokenizer),
  padId: tokenizer.specialIds.pad,
  sizes: { text: 2, tone: 6, unlabelled },
  totalSteps,
  peakRate: 1e-3,
  threads: 1,
  weigh: usualWeights,
  dropout: dropout === 0 ? undefined : new Dropout(dropout, createRandom("dropout")),
});
const start = (): Weights =>
  startWeights(source, builtConfig(source.config), { text: [], sets, random: createRandom("heads") });

async function train(trainer: MultiTaskTrainer, from: number, to: number): Promise<readonly BuildStep[]> {
  const steps: BuildStep[] = [];
  for (let step = from; step <= to; step++) steps.push(await trainer.step(step));
  return steps;
}

async function accuracy(weights: Weights, layers: number): Promise<number> {
  const config = { ...builtConfig(source.config), num_hidden_layers: layers };
  const masking = { maskId: 4, firstWordId: 5, vocabularySize: tokenizer.vocabularySize };
  const measurer = new Measurer(config, weights, { masking, padId: 0, threads: 1 });
  const examples = smallData(tokenizer).sentiment.train;
  const read = await measurer.tone(examples);
  await measurer.release();
  return toneAccuracy(examples, read);
}

describe("a build", () => {
  it("learns tones, words and neighbours together, and teaches a student how it reads", {
    timeout: 60_000,
  }, async () => {
    const config = builtConfig(source.config);
    const weights = start();
    const trainer = await MultiTaskTrainer.create(config, source, weights, optionsFor(0));
    const steps = await train(trainer, 1, totalSteps);
    await trainer.release();
    expect(await accuracy(weights, 2)).toBe(1);
    const words = steps.flatMap(({ mlm }) => mlm ?? []);
    expect(words).toHaveLength(totalSteps / 2);
    expect(mean(words.slice(-10))).toBeLessThan(mean(words.slice(0, 10)) - 0.3);
    expect(steps.at(-1)!.distance).toBeLessThan(0.1);

    const path = join(folder, "teacher");
    writeBuiltModel(path, {
      config,
      weights,
      tokenizerPath: source.tokenizerPath,
      step: 1,
      kind: "open",
      dropout: 0,
      withOffsets: true,
    });
    const teacher = await readModelDirectory(path);
    const own = studentWeights(teacher, sets);
    const student = await MultiTaskTrainer.create(studentConfig(teacher.config), teacher, own, optionsFor(6));
    const taught = await train(student, 1, totalSteps);
    await student.release();
    const soft = taught.flatMap((step) => step.soft ?? []);
    expect(soft).toHaveLength(totalSteps);
    expect(mean(soft.slice(-5))).toBeLessThan(mean(soft.slice(0, 5)));
    expect(await accuracy(own, 1)).toBe(1);
  });

  it.each([
    { how: "without dropout", dropout: 0 },
    { how: "with dropout", dropout: 0.1 },
  ])(
    "goes on from its checkpoint as if it had not stopped, $how",
    { timeout: 60_000 },
    async ({ dropout }) => {
      const config = builtConfig(source.config);
      const whole = start();
      const undisturbed = await MultiTaskTrainer.create(config, source, whole, optionsFor(0, dropout));
      await train(undisturbed, 1, 6);
      await undisturbed.release();

      const work = join(folder, `work ${dropout}`);
      const first = start();
      const begun = await MultiTaskTrainer.create(config, source, first, optionsFor(0, dropout));
      await train(begun, 1, 3);
      saveCheckpoint(work, { step: 3, weights: first, adam: begun.adam, kind: "open", dropout });
      await begun.release();
      const second = start();
      const resumed = await MultiTaskTrainer.create(config, source, second, optionsFor(0, dropout));
      expect(restoreCheckpoint(work, second, resumed.adam, "open")).toBe(3);
      await train(resumed, 4, 6);
      await resumed.release();
      expect(second).toEqual(whole);
    },
  );

  it("leaves numbers out where it is told to, the same whenever it comes to a step", {
    timeout: 60_000,
  }, async () => {
    const lossOf = async (step: number, dropout: number): Promise<number> => {
      const config = builtConfig(source.config);
      const trainer = await MultiTaskTrainer.create(config, source, start(), optionsFor(0, dropout));
      const { sentiment } = await trainer.step(step);
      await trainer.release();
      return sentiment;
    };
    const [plain, dropped] = [await lossOf(1, 0), await lossOf(1, 0.1)];
    expect(await lossOf(1, 0.1)).toBe(dropped);
    expect(Math.abs(dropped - plain)).toBeGreaterThan(1e-3);
  });
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
