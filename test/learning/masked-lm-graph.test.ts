import { beforeAll, describe, expect, it } from "vitest";
import { Graph } from "../../src/graph/graph.ts";
import { reduceMean } from "../../src/graph/operators/reductions.ts";
import type { TensorData } from "../../src/graph/session.ts";
import { padBatch } from "../../src/learning/batching.ts";
import { maskedLmFeeds } from "../../src/learning/masked-lm-graph.ts";
import { maskedLmReading } from "../../src/learning/masked-lm-measure.ts";
import { applyMasks, type MaskedBatch, type PassageMask } from "../../src/learning/masking.ts";
import { tunedMaskedLm } from "../../src/learning/objectives/masked-lm-objective.ts";
import type { Passage } from "../../src/learning/passages.ts";
import { type TrainingGraph, TrainingSession } from "../../src/learning/training-session.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { bertEncoder } from "../../src/plm/encoder/bert-encoder.ts";
import { crossEntropy, maskedLmLogits } from "../../src/plm/heads/masked-lm.ts";
import type { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { promptTuning } from "../../src/prompts/prompt-tuning.ts";
import { realTextPrompts } from "../../src/prompts/shared-prompts.ts";
import type { SoftPrompts } from "../../src/prompts/soft-prompts.ts";
import { tuningInputs } from "../../src/prompts/tuning-inputs.ts";
import { openTinyModel, patternPassage } from "../plm/tiny-model.ts";

const promptLength = 3;
let model: PretrainedModel;
let prompts: SoftPrompts;
let passages: readonly Passage[];
/** All prompts learn: `shared.<layer>`. */
const tuning = () => promptTuning({ shared: prompts, trains: "shared" });
const promptValues = () => Object.fromEntries(tuning().values.map(({ name, start }) => [name, start()]));
beforeAll(async () => {
  model = await openTinyModel();
  const random = createRandom("masked-lm");
  passages = [12, 5, 9, 17].map((words) => patternPassage(model, words, random));
  prompts = await realTextPrompts(model, passages, promptLength);
});

/** Hides the given places, one list for each passage, behind token 7. */
function hide(places: readonly (readonly number[])[]): MaskedBatch {
  const masks = places.map(
    (at): PassageMask => ({ positions: Uint16Array.from(at), shown: Int32Array.from(at, () => 7) }),
  );
  return applyMasks(padBatch(passages.slice(0, places.length), 0), masks);
}

/** The same loss with every row of the last layer, one-hot targets, and no gradient known beforehand. */
function plainTraining(): TrainingGraph {
  const graph = new Graph();
  const inputs = {
    ids: graph.input("ids", "int64", ["batch", "length"]),
    mask: graph.input("mask", "float32", ["batch", "length"]),
  };
  const positions = graph.input("positions", "int64", ["masked"]);
  const targets = graph.input("targets", "int64", ["masked"]);
  const weights = model.weights(graph);
  const { additions, values } = tuningInputs(graph, model.config, weights, tuning(), "one");
  const { rows } = bertEncoder(model.config, weights, inputs, additions);
  const losses = crossEntropy(maskedLmLogits(model.config, weights, rows, positions), targets);
  return { graph, loss: reduceMean(losses, [0]), trainable: values };
}

async function stepOf(training: TrainingGraph, feeds: Readonly<Record<string, TensorData>>) {
  const session = await TrainingSession.create(training, {
    threads: 1,
    compile: (bytes, given) => model.compileModel(bytes, given),
  });
  const step = await session.step(promptValues(), feeds);
  await session.release();
  return step;
}

const batches = {
  "as many in each sequence": [
    [1, 4],
    [2, 3],
    [5, 9],
    [1, 16],
  ],
  "more in one than in another": [[3], [1, 2, 4, 5], [], [6, 7, 11]],
  "one sequence": [[2, 3]],
} as const;

describe("the masked-LM graphs", () => {
  it.each(Object.entries(batches))("lose nothing by what they leave out: %s", async (_, places) => {
    const batch = hide(places);
    const fast = await stepOf(tunedMaskedLm({ model, tuning: tuning() }), maskedLmFeeds(batch));
    const plain = await stepOf(plainTraining(), {
      ...maskedLmFeeds(batch),
      positions: { data: batch.positions, shape: [batch.positions.length] },
    });
    expect(fast.loss).toBeCloseTo(plain.loss, 5);
    for (const [name, gradient] of Object.entries(plain.gradients)) {
      const largest = gradient.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
      expect(largest, name).toBeGreaterThan(0);
      gradient.forEach((number, at) => {
        expect(Math.abs(fast.gradients[name]![at]! - number), name).toBeLessThan(1e-4 * largest + 1e-7);
      });
    }
  });

  it("measure the loss that they train", async () => {
    const feeds = maskedLmFeeds(hide(batches["more in one than in another"]));
    const { graph, outputs } = maskedLmReading({ model, tuning: tuning() });
    const session = await model.compile(graph, outputs, { threads: 1 });
    const shape = [promptLength, model.config.hidden_size];
    const promptFeeds = Object.fromEntries(
      Object.entries(promptValues()).map(([name, data]) => [name, { data, shape }]),
    );
    const { losses } = await session.run({ ...feeds, ...promptFeeds });
    await session.release();
    const { loss } = await stepOf(tunedMaskedLm({ model, tuning: tuning() }), feeds);
    const sum = Array.from(losses!.data, Number).reduce((total, one) => total + one, 0);
    expect(sum / losses!.data.length).toBeCloseTo(loss, 5);
  });

  it("are fed the masked places in the order of their targets, each row filled up with its own first place", () => {
    const { picked, positions, targets } = maskedLmFeeds(hide([[3], [1, 2], []]));
    expect(picked.shape).toEqual([3, 2]);
    expect([...picked.data].map(Number)).toEqual([3, 0, 15, 16, 28, 28]);
    expect([...positions.data].map(Number)).toEqual([0, 2, 3]);
    expect(targets.data.length).toBe(3);
  });
});
