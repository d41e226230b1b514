import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPrompts } from "../../src/lab/tunings/prompt-start.ts";
import { shiftTuning } from "../../src/lab/tunings/shift-tuning.ts";
import { biasTuning } from "../../src/lab/tunings/weight-changes.ts";
import { weightTuning } from "../../src/lab/tunings/weight-tuning.ts";
import { Classifier, type ClassifierOptions, classFigures } from "../../src/learning/classifier.ts";
import {
  HeadStartError,
  LabelRangeError,
  NoExamplesError,
  WordlessTextError,
} from "../../src/learning/errors.ts";
import type { ClassExample } from "../../src/learning/objectives/classifier-objective.ts";
import type { TrainingOptions } from "../../src/learning/text-learning.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { InputTooLongError } from "../../src/plm/errors.ts";
import type { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { promptTuning } from "../../src/prompts/prompt-tuning.ts";
import type { SoftPrompts } from "../../src/prompts/soft-prompts.ts";
import { combineTunings, headOnly, type Tuning } from "../../src/prompts/tuning.ts";
import { openTinyModel, patternPassage } from "../plm/tiny-model.ts";

const cache = mkdtempSync(join(tmpdir(), "idiolect-tuning-"));
afterAll(() => rmSync(cache, { recursive: true }));

let model: PretrainedModel;
let shared: SoftPrompts;
let examples: readonly ClassExample[];
let heldOut: readonly ClassExample[];
beforeAll(async () => {
  model = await openTinyModel(cache);
  const random = createRandom("texts");
  const texts = Array.from({ length: 72 }, (_, at): ClassExample => {
    const { ids, words } = patternPassage(model, 4 + random.integer(6), random);
    return { ids, words, label: Math.floor((ids[1]! - 10) / 10), writer: `writer ${at % 3}` };
  });
  [examples, heldOut] = [texts.slice(0, 48), texts.slice(48)];
  shared = await startPrompts(model, { kind: "text", texts: texts.slice(0, 5) }, { length: 2 });
});

const open: Classifier[] = [];
afterAll(async () => {
  await Promise.all(open.map((classifier) => classifier.release()));
});

const random = createRandom("head");
const softmax = { kind: "softmax", classes: 3, start: "fresh", random } as const;
const options: TrainingOptions = { seed: 1, epochs: 6, minimumSteps: 0, textsPerStep: 12, patience: 9 };

function classifierOf(tuning: Tuning, changes: Partial<ClassifierOptions> = {}): Classifier {
  const classifier = new Classifier({
    model,
    tuning,
    head: softmax,
    threads: 1,
    tokensPerRun: 60,
    ...changes,
  });
  open.push(classifier);
  return classifier;
}

describe("a classifier", () => {
  it.each(["softmax", "ordinal"] as const)("learns classes with a %s head", async (kind) => {
    const classifier = classifierOf(weightTuning(model), { head: { ...softmax, kind } });
    const rates = { prompt: 0, lowRank: 0, adapter: 0, bias: 0, weight: 5e-3, head: 5e-3, shift: 0 };
    const learned = await classifier.train({ examples, heldOut }, { ...options, epochs: 12, rates });
    const [first, last] = [learned.curve[0]!, learned.curve.at(-1)!];
    expect(last.trainLoss!).toBeLessThan(0.7 * learned.curve[1]!.trainLoss!);
    expect(last.heldOut!.loss).toBeLessThan(first.heldOut!.loss);
    expect(last.gradientNorm).toBeGreaterThan(0);
    const readings = await classifier.read(heldOut, learned.values);
    const best = Math.min(...learned.curve.map((point) => point.heldOut!.loss));
    expect(classFigures(heldOut, readings).loss).toBeCloseTo(best, 5);
    for (const { probabilities, scores } of readings) {
      expect(probabilities.reduce((sum, share) => sum + share)).toBeCloseTo(1, 5);
      expect(scores.length).toBe(kind === "softmax" ? 3 : 1);
    }
  });

  it("goes on from any state exactly as if it had not been interrupted", async () => {
    const classifier = classifierOf(promptTuning({ shared, trains: "both" }));
    const data = { examples, heldOut };
    const chosen = { ...options, epochs: 2, writerDropout: 0.2, l2: 0.01 };
    const whole = await classifier.train(data, chosen);
    for (const stopAfter of [0, 3, 4, 6]) {
      const first = classifier.start(data, chosen);
      for (let step = 0; step < stopAfter; step++) {
        await first.loop.advance();
      }
      const state = first.state();
      await first.loop.advance();
      const second = classifier.start(data, chosen, state);
      await second.loop.finish();
      expect(second.best).toEqual(whole.values);
      expect(second.curve).toEqual(whole.curve);
    }
  });

  it("gives each writer values of its own, whatever the company", async () => {
    const classifier = classifierOf(promptTuning({ shared }), { trains: "writer" });
    const chosen = { ...options, epochs: 2, textsPerStep: 48 };
    const all = await classifier.train({ examples }, chosen);
    expect(Object.keys(all.values.writers).sort()).toEqual(["writer 0", "writer 1", "writer 2"]);
    const one = examples.filter(({ writer }) => writer === "writer 1");
    const alone = await classifier.train({ examples: one }, chosen);
    for (const [name, numbers] of Object.entries(alone.values.writers["writer 1"]!)) {
      numbers.forEach((number, at) => {
        // Adam does not mind that a gradient is a third of another's.
        expect(Math.abs(number - all.values.writers["writer 1"]![name]![at]!)).toBeLessThan(1e-4);
      });
    }
  });

  it("learns many writers' values the same in mixed runs and in runs of one writer", async () => {
    const mixed = classifierOf(promptTuning({ shared }), { trains: "writer" });
    const apart = classifierOf({ ...promptTuning({ shared }), mixesWriters: false }, { trains: "writer" });
    const [one, other] = [await mixed.train({ examples }, options), await apart.train({ examples }, options)];
    for (const [writer, values] of Object.entries(one.values.writers)) {
      for (const [name, numbers] of Object.entries(values)) {
        numbers.forEach((number, at) => {
          expect(Math.abs(number - other.values.writers[writer]![name]![at]!)).toBeLessThan(1e-4);
        });
      }
    }
  });

  it("reads unknown writers, and all of them at strength 0, with what everyone shares", async () => {
    const classifier = classifierOf(combineTunings(promptTuning({ shared }), shiftTuning(3)));
    const { values } = await classifier.train({ examples }, options);
    const unknown = heldOut.map(({ ids }) => ({ ids, writer: "nobody" }));
    const common = await classifier.read(unknown, values);
    const muted = await classifier.read(heldOut, values, { strength: 0 });
    const own = await classifier.read(heldOut, values);
    muted.forEach(({ scores }, at) => {
      scores.forEach((score, k) => {
        expect(score).toBeCloseTo(common[at]!.scores[k]!, 4);
      });
    });
    expect(own.some(({ scores }, at) => Math.abs(scores[0]! - muted[at]!.scores[0]!) > 1e-3)).toBe(true);
  });

  it("moves nothing of a writer whose every text is dropped", async () => {
    const classifier = classifierOf(promptTuning({ shared }));
    const { values } = await classifier.train({ examples }, { ...options, epochs: 1, writerDropout: 1 });
    for (const own of Object.values(values.writers)) {
      expect(Object.values(own).every((numbers) => numbers.every((number) => number === 0))).toBe(true);
    }
  });

  it("keeps what it is told to keep, and trains on from values that it is given", async () => {
    const general = await classifierOf(weightTuning(model)).train({ examples }, { ...options, epochs: 1 });
    const personal = classifierOf(combineTunings(weightTuning(model), biasTuning(model.config)), {
      trains: "writer",
    });
    const values = { everyone: general.values.everyone };
    const before = general.values.everyone["encoder.layer.0.output.dense.weight"]!.slice();
    const learned = await personal.train({ examples, values }, { ...options, epochs: 1 });
    expect(learned.values.everyone["encoder.layer.0.output.dense.weight"]).toEqual(before);
    expect(learned.values.everyone["head.dense.bias"]).toEqual(values.everyone["head.dense.bias"]);
    const own = learned.values.writers["writer 0"]!["change encoder.layer.0.output.dense.bias"]!;
    expect(own.some((number) => number !== 0)).toBe(true);
  });

  it("is pulled towards what everyone shares by l2", async () => {
    const classifier = classifierOf(shiftTuning(3), { trains: "writer" });
    const size = async (l2: number) => {
      const { values } = await classifier.train({ examples }, { ...options, l2 });
      return Math.hypot(...Object.values(values.writers).flatMap((own) => [...own["shift"]!]));
    };
    expect(await size(10)).toBeLessThan(0.5 * (await size(0)));
  });

  it("counts a weight as so many examples", async () => {
    const classifier = classifierOf(headOnly);
    const chosen = { ...options, epochs: 2, textsPerStep: 99 };
    const doubled = examples.flatMap((example, at) => (at < 5 ? [example, { ...example }] : [example]));
    const weighted = examples.map((example, at) => (at < 5 ? { ...example, weight: 2 } : example));
    const [one, other] = [
      await classifier.train({ examples: doubled }, chosen),
      await classifier.train({ examples: weighted }, chosen),
    ];
    expect(one.curve.at(-1)!.trainLoss).toBeCloseTo(other.curve.at(-1)!.trainLoss!, 5);
  });

  it("learns masked words along: the same steps less what they pull", async () => {
    const tuning = promptTuning({ shared });
    const joint = classifierOf(tuning, { maskedLmWeight: 0.5 });
    const [with0, alone] = [classifierOf(tuning, { maskedLmWeight: 0 }), classifierOf(tuning)];
    const [one, none, plain] = [
      await joint.train({ examples, heldOut }, options),
      await with0.train({ examples, heldOut }, options),
      await alone.train({ examples, heldOut }, options),
    ];
    expect(none.curve.at(-1)!.trainLoss).toBeCloseTo(plain.curve.at(-1)!.trainLoss!, 5);
    expect(none.curve.at(-1)!.heldOut!.loss).toBeCloseTo(plain.curve.at(-1)!.heldOut!.loss, 3);
    expect(one.curve.at(-1)!.trainLoss!).toBeGreaterThan(plain.curve.at(-1)!.trainLoss! + 0.5);
    expect(one.values.writers["writer 0"]).not.toEqual(plain.values.writers["writer 0"]);
  });

  it("stops when held-out texts gain nothing, and keeps the best epoch", async () => {
    const wrong = heldOut.map((example) => ({ ...example, label: 2 - example.label }));
    const classifier = classifierOf(headOnly);
    const learned = await classifier.train(
      { examples, heldOut: wrong },
      { ...options, epochs: 60, patience: 1 },
    );
    expect(learned.curve.length).toBeLessThan(40);
    const best = Math.min(...learned.curve.map((point) => point.heldOut!.loss));
    expect(classFigures(wrong, await classifier.read(wrong, learned.values)).loss).toBeCloseTo(best, 5);
  });

  it("makes as many steps as its texts fill, and reads each text once", async () => {
    const classifier = classifierOf(promptTuning({ shared }));
    const { values, steps } = await classifier.train({ examples, heldOut }, { ...options, epochs: 1 });
    expect(steps).toBe(4);
    expect((await classifier.read(heldOut, values)).length).toBe(heldOut.length);
  });

  it("waits for its caller between runs, who may cancel", async () => {
    const classifier = classifierOf(headOnly);
    let runs = 0;
    const breathe = async () => {
      if (++runs > 3) throw new Error("cancelled");
    };
    await expect(classifier.train({ examples }, options, breathe)).rejects.toThrow("cancelled");
  });

  it("refuses what it cannot learn from, with what to do", async () => {
    const classifier = classifierOf(headOnly, { maskedLmWeight: 1 });
    const [example] = examples;
    const train = (one: Partial<ClassExample>) =>
      classifier.train({ examples: [{ ...example!, ...one }] }, options);
    await expect(train({ label: 3 })).rejects.toThrow(LabelRangeError);
    await expect(train({ label: 0.5 })).rejects.toThrow(LabelRangeError);
    await expect(train({ ids: new Uint16Array(99) })).rejects.toThrow(InputTooLongError);
    await expect(classifier.train({ examples: [] }, options)).rejects.toThrow(NoExamplesError);
    const { words, ...wordless } = example!;
    expect(words).toBeDefined();
    await expect(classifier.train({ examples: [wordless] }, options)).rejects.toThrow(WordlessTextError);
    expect(() => classifierOf(headOnly, { head: { ...softmax, start: "model" } })).toThrow(HeadStartError);
  });
});
