import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Graph } from "../../src/graph/graph.ts";
import type { TensorData } from "../../src/graph/session.ts";
import { tunedContrast } from "../../src/lab/objectives/contrastive-objective.ts";
import { tunedLabels } from "../../src/lab/objectives/label-objective.ts";
import { tunedReplacedTokens } from "../../src/lab/objectives/replaced-token-objective.ts";
import { adapterTuning } from "../../src/lab/tunings/adapter-tuning.ts";
import { inputPromptTuning } from "../../src/lab/tunings/input-prompt-tuning.ts";
import { labelEmbeddingTuning } from "../../src/lab/tunings/label-embedding-tuning.ts";
import { lowRankTuning } from "../../src/lab/tunings/low-rank-tuning.ts";
import { startPrompts } from "../../src/lab/tunings/prompt-start.ts";
import {
  type ReparameterisedOptions,
  reparameterisedPromptTuning,
} from "../../src/lab/tunings/reparameterisation.ts";
import { shiftTuning } from "../../src/lab/tunings/shift-tuning.ts";
import { biasTuning } from "../../src/lab/tunings/weight-changes.ts";
import { weightTuning } from "../../src/lab/tunings/weight-tuning.ts";
import { headTuning } from "../../src/learning/classifier-head.ts";
import { classifierTraining } from "../../src/learning/objectives/classifier-objective.ts";
import { tunedMaskedLm } from "../../src/learning/objectives/masked-lm-objective.ts";
import { type TrainingGraph, TrainingSession } from "../../src/learning/training-session.ts";
import { createRandom } from "../../src/numbers/random.ts";
import type { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { promptTuning } from "../../src/prompts/prompt-tuning.ts";
import { combineTunings, type Tuning } from "../../src/prompts/tuning.ts";
import { openTinyModel } from "../plm/tiny-model.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
type Named = Readonly<Record<string, Numbers>>;

/** The file `test/golden/tuning.json`; its README says what the fields are. */
interface Golden {
  readonly inputs: {
    readonly ids: Numbers;
    readonly mask: Numbers;
    readonly labels: readonly number[];
    readonly weights: readonly number[];
    readonly writers: readonly number[];
    readonly strengths: readonly number[];
    readonly maskedPositions: readonly number[];
    readonly replaced: readonly number[];
    readonly alpha: number;
    readonly temperature: number;
    readonly textLabels: readonly (readonly number[])[];
  };
  readonly heads: Readonly<Record<"softmax" | "ordinal", Named>>;
  readonly cases: Readonly<
    Record<
      string,
      { readonly loss: number; readonly values: Named; readonly gradients: Named; readonly fixed?: Named }
    >
  >;
}

const golden: Golden = JSON.parse(readFileSync(new URL("../golden/tuning.json", import.meta.url), "utf8"));
const random = createRandom("golden");
const cache = mkdtempSync(join(tmpdir(), "idiolect-tuning-"));
afterAll(() => rmSync(cache, { recursive: true }));

let model: PretrainedModel;
let methods: Readonly<Record<string, Tuning>>;
beforeAll(async () => {
  model = await openTinyModel(cache);
  const start = { kind: "zero" } as const;
  const shared = await startPrompts(model, start, { length: 3 });
  const front = await startPrompts(model, start, { length: 3, layers: 1 });
  const through = (kind: "plain" | "residual"): ReparameterisedOptions => ({
    shared,
    trains: "both",
    reparameterisation: { kind, width: 4, random },
  });
  const prompts = promptTuning({ shared, trains: "both" });
  methods = {
    prompts,
    "input prompt": inputPromptTuning({ shared: front, trains: "both" }),
    "plain network": reparameterisedPromptTuning(through("plain")),
    "residual network": reparameterisedPromptTuning(through("residual")),
    LoRA: lowRankTuning(model.config, { random, rank: 2 }),
    adapters: adapterTuning(model.config, { random, width: 4 }),
    BitFit: biasTuning(model.config),
    full: weightTuning(model),
    shift: shiftTuning(3),
    "prompts with shift": combineTunings(prompts, shiftTuning(3)),
  };
});

const open: TrainingSession[] = [];
afterAll(async () => {
  await Promise.all(open.map((session) => session.release()));
});

type Arrays = Readonly<Record<string, Float32Array>>;

/** A loss of the golden batch as a function of the trained values. */
type Loss = (values: Arrays) => Promise<{ readonly loss: number; readonly gradients: Arrays }>;

/** The loss of a case, and the values that it was computed at. */
async function lossOf(name: string): Promise<{ readonly loss: Loss; readonly values: Named }> {
  const tuning = methods[name] ?? methods["prompts"]!;
  const { values, fixed } = golden.cases[name]!;
  const kind = name === "ordinal head" ? "ordinal" : "softmax";
  const head = { kind, classes: 3, start: "fresh", random } as const;
  const whole = combineTunings(tuning, headTuning(model, head));
  const classifier = (): TrainingGraph => classifierTraining({ model, tuning: whole, head });
  const known = { ...(name === "full" ? weightsOf(tuning) : {}), ...values };
  switch (name) {
    case "masked words":
      return { loss: await openLoss(tunedMaskedLm({ model, tuning }), known, maskedFeeds()), values: known };
    case "replaced tokens": {
      const training = tunedReplacedTokens({ model: withTensors(fixed!), tuning });
      return { loss: await openLoss(training, known, { replaced: replacedFeed() }), values: known };
    }
    case "contrast": {
      const training = tunedContrast({ model, tuning }, golden.inputs.temperature);
      return { loss: await openLoss(training, known, contrastFeeds()), values: known };
    }
    case "labels": {
      const embeddings = { vectors: new Float32Array(4 * 16), labels: 4, hiddenSize: 16 };
      const training = tunedLabels({
        model,
        tuning: combineTunings(tuning, labelEmbeddingTuning(embeddings)),
      });
      return { loss: await openLoss(training, known, { members: memberFeed() }), values: known };
    }
    case "joint": {
      const values = { ...known, ...golden.heads.softmax };
      const one = await openLoss(classifier(), values, {});
      const other = await openLoss(tunedMaskedLm({ model, tuning: whole }), values, maskedFeeds());
      return { values, loss: async (at) => sum(await one(at), await other(at), golden.inputs.alpha) };
    }
    default: {
      const values = { ...known, ...golden.heads[kind] };
      return { loss: await openLoss(classifier(), values, {}), values };
    }
  }
}

async function openLoss(
  training: TrainingGraph,
  shapes: Named,
  more: Readonly<Record<string, TensorData>>,
): Promise<Loss> {
  const session = await TrainingSession.create(training, {
    threads: 1,
    compile: (bytes, given) => model.compileModel(bytes, given),
  });
  open.push(session);
  const mixes = training.graph.inputs.some(({ name }) => name === "writer");
  const feeds = { ...batchFeeds(mixes), ...more };
  return async (values) => {
    const tensors = Object.entries(values).map(([name, data]) => [
      name,
      { data, shape: shapes[name]!.shape },
    ]);
    return session.step({}, { ...feeds, ...Object.fromEntries(tensors) });
  };
}

function batchFeeds(mixes: boolean): Record<string, TensorData> {
  const { ids, mask, labels, weights, writers, strengths } = golden.inputs;
  return {
    ids: { data: integers(ids.data), shape: ids.shape },
    mask: { data: Float32Array.from(mask.data), shape: mask.shape },
    labels: { data: integers(labels), shape: [3] },
    weights: { data: Float32Array.from(weights), shape: [3] },
    writer: { data: integers(writers), shape: [3] },
    strength: mixes
      ? { data: Float32Array.from(strengths), shape: [3] }
      : { data: Float32Array.of(strengths[1]!), shape: [] },
  };
}

function maskedFeeds(): Record<string, TensorData> {
  const { ids, maskedPositions } = golden.inputs;
  const shown = ids.data.map((id, at) => (maskedPositions.includes(at) ? 4 : id));
  // Three hidden places in the first sequence, two and one in the others, filled up with the first.
  const picked = [1, 4, 7, 11, 12, 9, 19, 18, 18];
  return {
    ids: { data: integers(shown), shape: ids.shape },
    picked: { data: integers(picked), shape: [3, 3] },
    positions: { data: integers([0, 1, 2, 3, 4, 6]), shape: [6] },
    targets: { data: integers(maskedPositions.map((at) => ids.data[at]!)), shape: [6] },
  };
}

function replacedFeed(): TensorData {
  const { ids, replaced } = golden.inputs;
  return { data: Float32Array.from(ids.data, (_, at) => (replaced.includes(at) ? 1 : 0)), shape: ids.shape };
}

/** The first two texts are partners, the third has none. */
function contrastFeeds(): Record<string, TensorData> {
  return {
    partners: { data: Float32Array.of(0, 1, 0, 1, 0, 0, 0, 0, 0), shape: [3, 3] },
    self: { data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), shape: [3, 3] },
    partnerCount: { data: Float32Array.of(1, 1, 0), shape: [3, 1] },
  };
}

function memberFeed(): TensorData {
  const members = golden.inputs.textLabels.flatMap((labels) =>
    [0, 1, 2, 3].map((label) => (labels.includes(label) ? 1 : 0)),
  );
  return { data: Float32Array.from(members), shape: [3, 4] };
}

const integers = (numbers: readonly number[]): BigInt64Array => BigInt64Array.from(numbers, BigInt);

function weightsOf(tuning: Tuning): Named {
  return Object.fromEntries(
    tuning.values.map(({ name, shape, start }) => [name, { shape, data: Array.from(start()) }]),
  );
}

/** The model with further tensors. */
function withTensors(tensors: Named): PretrainedModel {
  const weights = (graph: Graph) => {
    const source = model.weights(graph);
    return (name: string, shape: readonly number[]) => {
      const own = tensors[name];
      return own === undefined
        ? source(name, shape)
        : graph.weight(name, shape, { kind: "memory", data: Float32Array.from(own.data) });
    };
  };
  return Object.create(model, { weights: { value: weights } }) as PretrainedModel;
}

function sum(
  one: { readonly loss: number; readonly gradients: Arrays },
  other: { readonly loss: number; readonly gradients: Arrays },
  alpha: number,
) {
  const gradients = Object.entries(one.gradients).map(([name, gradient]) => [
    name,
    gradient.map((number, at) => number + alpha * (other.gradients[name]?.[at] ?? 0)),
  ]);
  return { loss: one.loss + alpha * other.loss, gradients: Object.fromEntries(gradients) as Arrays };
}

const arraysOf = (values: Named): Arrays =>
  Object.fromEntries(Object.entries(values).map(([name, { data }]) => [name, Float32Array.from(data)]));

describe.each(Object.keys(golden.cases))("tuning by %s", (name) => {
  let loss: Loss;
  let values: Arrays;
  beforeAll(async () => {
    const found = await lossOf(name);
    loss = found.loss;
    values = arraysOf(found.values);
  });

  it("has PyTorch's loss and its gradient for every value", async () => {
    const expected = golden.cases[name]!;
    const step = await loss(values);
    expect(step.loss).toBeCloseTo(expected.loss, 4);
    const left = name === "prompts" || name === "ordinal head" ? [] : ["head.dense.weight"];
    const compared = Object.keys(step.gradients).filter((one) => !left.includes(one));
    expect(compared.sort()).toEqual(Object.keys(expected.gradients).sort());
    for (const one of compared) {
      const { data } = expected.gradients[one]!;
      const largest = Math.max(...data.map(Math.abs));
      step.gradients[one]!.forEach((number, at) => {
        expect(Math.abs(number - data[at]!), one).toBeLessThan(2e-4 * largest + 2e-6);
      });
    }
  });

  it("has the slope of its loss along random directions", async () => {
    const source = createRandom(`directions of ${name}`);
    const { gradients } = await loss(values);
    for (let trial = 0; trial < 3; trial++) {
      const direction = directionFor(gradients, source);
      const slope = dot(gradients, direction);
      // Central difference of fourth order: the error of 32-bit losses weighs less than that of the width.
      const at = async (width: number) => (await loss(moved(values, direction, width))).loss;
      const h = 0.02;
      const difference =
        (8 * ((await at(h)) - (await at(-h))) - ((await at(2 * h)) - (await at(-2 * h)))) / (12 * h);
      expect(Math.abs(difference - slope)).toBeLessThan(0.01 * Math.abs(slope) + 1e-3);
    }
  });
});

/** A direction of length 1 that leans towards the gradient, so that there is a slope to be seen. */
function directionFor(gradients: Arrays, source: { normal(): number }): Arrays {
  const norm = Math.sqrt(dot(gradients, gradients));
  const raw = Object.fromEntries(
    Object.entries(gradients).map(([name, gradient]) => [
      name,
      gradient.map((number) => source.normal() * 0.1 + number / norm),
    ]),
  );
  const length = Math.sqrt(dot(raw, raw));
  return Object.fromEntries(
    Object.entries(raw).map(([name, one]) => [name, one.map((number) => number / length)]),
  );
}

const moved = (values: Arrays, direction: Arrays, width: number): Arrays =>
  Object.fromEntries(
    Object.entries(values).map(([name, numbers]) => [
      name,
      numbers.map((number, at) => number + width * (direction[name]?.[at] ?? 0)),
    ]),
  );

function dot(one: Arrays, other: Arrays): number {
  let total = 0;
  for (const [name, numbers] of Object.entries(one)) {
    numbers.forEach((number, at) => {
      total += number * other[name]![at]!;
    });
  }
  return total;
}
