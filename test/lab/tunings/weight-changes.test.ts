import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TunedMaskedLmMeasure } from "../../../src/lab/objectives/tuned-masked-lm-measure.ts";
import {
  ownMaskedLmHeadTuning,
  ownWeightsTuning,
  vocabularyBiasTuning,
} from "../../../src/lab/tunings/weight-changes.ts";
import { padBatch } from "../../../src/learning/batching.ts";
import { maskedLmFeeds } from "../../../src/learning/masked-lm-graph.ts";
import { maskingFor } from "../../../src/learning/masked-lm-measure.ts";
import { applyMasks, chooseMask } from "../../../src/learning/masking.ts";
import { tunedMaskedLm } from "../../../src/learning/objectives/masked-lm-objective.ts";
import { TrainingSession } from "../../../src/learning/training-session.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import type { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { combineTunings, headOnly, type Numbers, type Tuning } from "../../../src/prompts/tuning.ts";
import { openTinyModel, patternPassage } from "../../plm/tiny-model.ts";

const cache = mkdtempSync(join(tmpdir(), "idiolect-weight-changes-"));
const random = createRandom("weight changes");
let model: PretrainedModel;
let texts: readonly ReturnType<typeof patternPassage>[];
beforeAll(async () => {
  model = await openTinyModel(cache);
  texts = [5, 9, 7].map((words) => patternPassage(model, words, random));
});
afterAll(() => rmSync(cache, { recursive: true }));

const ways: Readonly<Record<string, () => Tuning>> = {
  "all weights": () => ownWeightsTuning(model.config),
  "the masked-LM head": () => ownMaskedLmHeadTuning(model.config),
  "the vocabulary's bias": () => vocabularyBiasTuning(model.config),
  "all of them": () =>
    combineTunings(
      ownWeightsTuning(model.config),
      ownMaskedLmHeadTuning(model.config),
      vocabularyBiasTuning(model.config),
    ),
};

function drawn({ values }: Tuning, deviation: number): Numbers {
  return Object.fromEntries(
    values.map(({ name, start }) => [name, start().map(() => deviation * random.normal())]),
  );
}

/** Loss and gradients of a batch, with the writer's part at strength 0.7. */
async function openLoss(tuning: Tuning) {
  const session = await TrainingSession.create(tunedMaskedLm({ model, tuning }), {
    threads: 1,
    compile: (bytes, given) => model.compileModel(bytes, given),
  });
  const masks = texts.map((text) => chooseMask(text, { ...maskingFor(model), share: 0.5 }, random));
  const feeds = maskedLmFeeds(applyMasks(padBatch(texts, model.tokenizer.specialIds.pad), masks));
  const strength = { data: Float32Array.of(0.7), shape: [] };
  const shapes = new Map(tuning.values.map(({ name, shape }) => [name, shape]));
  const lossAt = (values: Numbers) => {
    const tensors = Object.entries(values).map(([name, data]) => [name, { data, shape: shapes.get(name)! }]);
    return session.step({}, { ...feeds, strength, ...Object.fromEntries(tensors) });
  };
  return { lossAt, release: () => session.release() };
}

describe.each(Object.keys(ways))("A writer's changes of %s", (name) => {
  it("have the gradient that central differences along random directions give", async () => {
    const tuning = ways[name]!();
    const { lossAt, release } = await openLoss(tuning);
    const at = drawn(tuning, 0.05);
    const { gradients } = await lossAt(at);
    expect(Object.keys(gradients).toSorted()).toEqual(tuning.values.map((value) => value.name).toSorted());
    for (let trial = 0; trial < 3; trial++) {
      const direction = drawn(tuning, 1);
      const moved = (step: number): Numbers =>
        Object.fromEntries(
          Object.entries(at).map(([key, data]) => [key, data.map((x, i) => x + step * direction[key]![i]!)]),
        );
      const step = 1e-3;
      const slope = ((await lossAt(moved(step))).loss - (await lossAt(moved(-step))).loss) / (2 * step);
      let expected = 0;
      for (const [key, gradient] of Object.entries(gradients)) {
        gradient.forEach((number, i) => {
          expected += number * direction[key]![i]!;
        });
      }
      expect(Math.abs(slope - expected)).toBeLessThan(0.01 + 0.02 * Math.abs(expected));
    }
    await release();
  });

  it("change no reading before they learn or with strength 0, and a reading else", async () => {
    const tuning = ways[name]!();
    const [bare, tuned] = [headOnly, tuning].map((one) => new TunedMaskedLmMeasure(model, one, 1));
    const learned = { writers: { "": drawn(tuning, 0.2) } };
    const plain = await bare!.scores(texts, { values: {}, strength: 1 }, "seed");
    expect(await tuned!.scores(texts, { values: {}, strength: 1 }, "seed")).toEqual(plain);
    expect(await tuned!.scores(texts, { values: learned, strength: 0 }, "seed")).toEqual(plain);
    const own = await tuned!.scores(texts, { values: learned, strength: 1 }, "seed");
    expect(own.map(({ masked }) => masked)).toEqual(plain.map(({ masked }) => masked));
    expect(own[0]!.loss).not.toBeCloseTo(plain[0]!.loss, 3);
    await bare!.release();
    await tuned!.release();
  });
});
