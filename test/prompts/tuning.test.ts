import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Graph } from "../../src/graph/graph.ts";
import { adapterTuning } from "../../src/lab/tunings/adapter-tuning.ts";
import { inputPromptTuning } from "../../src/lab/tunings/input-prompt-tuning.ts";
import { lowRankTuning } from "../../src/lab/tunings/low-rank-tuning.ts";
import { startPrompts } from "../../src/lab/tunings/prompt-start.ts";
import {
  type ReparameterisedOptions,
  reparameterisedPromptTuning,
} from "../../src/lab/tunings/reparameterisation.ts";
import { shiftTuning } from "../../src/lab/tunings/shift-tuning.ts";
import { tuningSize } from "../../src/lab/tunings/tuning-size.ts";
import { biasTuning } from "../../src/lab/tunings/weight-changes.ts";
import { weightTuning } from "../../src/lab/tunings/weight-tuning.ts";
import { Classifier } from "../../src/learning/classifier.ts";
import type { TunedValues } from "../../src/learning/tuned-parameters.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { MixedWritersError } from "../../src/prompts/errors.ts";
import { promptTuning } from "../../src/prompts/prompt-tuning.ts";
import type { SoftPrompts } from "../../src/prompts/soft-prompts.ts";
import { combineTunings, headOnly, type Tuning } from "../../src/prompts/tuning.ts";
import { tuningInputs } from "../../src/prompts/tuning-inputs.ts";
import { goldenPath } from "../plm/encoder/family-golden.ts";
import { openTinyModel, patternPassage } from "../plm/tiny-model.ts";

const cache = mkdtempSync(join(tmpdir(), "idiolect-tuning-"));
const random = createRandom("tuning");
let model: PretrainedModel;
let shared: SoftPrompts;
let texts: readonly { readonly ids: ArrayLike<number> }[];
beforeAll(async () => {
  model = await openTinyModel(cache);
  texts = [4, 9, 6, 12].map((words) => patternPassage(model, words, random));
  shared = await startPrompts(model, { kind: "text", texts }, { length: 3 });
});

const open: Classifier[] = [];
afterAll(async () => {
  await Promise.all(open.map((classifier) => classifier.release()));
  rmSync(cache, { recursive: true });
});

function classifierOf(tuning: Tuning, tuned: PretrainedModel): Classifier {
  const head = { kind: "softmax", classes: 3, start: "fresh", random: createRandom("head") } as const;
  const classifier = new Classifier({ model: tuned, tuning, head, threads: 1 });
  open.push(classifier);
  return classifier;
}

async function scoresOf(
  tuning: Tuning,
  values: Partial<TunedValues> = {},
  strength = 1,
  tuned = model,
): Promise<readonly number[]> {
  const readings = await classifierOf(tuning, tuned).read(texts, values, { strength });
  return readings.flatMap(({ scores }) => [...scores]);
}

const network = (kind: "plain" | "residual") => ({ kind, width: 4, random });
const front = (): SoftPrompts => ({ ...shared, layers: 1, values: shared.values.subarray(0, 3 * 16) });

/** Each method, and the tuning that reads as the method does before it is trained. */
const methods: Readonly<Record<string, () => readonly [Tuning, Tuning]>> = {
  "multi-layer prompts": () => [promptTuning({ shared }), promptTuning({ shared, trains: "shared" })],
  "shared and own prompts": () => [
    promptTuning({ shared, trains: "both" }),
    promptTuning({ shared, trains: "shared" }),
  ],
  "prompts through a plain network": () => [
    reparameterisedPromptTuning({ shared, reparameterisation: network("plain") }),
    promptTuning({ shared, trains: "shared" }),
  ],
  "prompts through a residual network": () => [
    reparameterisedPromptTuning({ shared, reparameterisation: network("residual") }),
    promptTuning({ shared, trains: "shared" }),
  ],
  "prompts before the text": () => [
    inputPromptTuning({ shared: front() }),
    inputPromptTuning({ shared: front(), trains: "shared" }),
  ],
  LoRA: () => [lowRankTuning(model.config, { random }), headOnly],
  "LoRA in every map": () => [
    lowRankTuning(model.config, {
      random,
      rank: 2,
      alpha: 1,
      maps: ["attention.self.key", "attention.output.dense", "intermediate.dense", "output.dense"],
    }),
    headOnly,
  ],
  adapters: () => [adapterTuning(model.config, { random }), headOnly],
  BitFit: () => [biasTuning(model.config), headOnly],
  "full fine-tuning": () => [weightTuning(model), headOnly],
  "a writer's bias": () => [shiftTuning(3), headOnly],
};

/** Random numbers for every value. */
function trained(tuning: Tuning): TunedValues {
  const of = (owner: "writer" | "everyone") =>
    Object.fromEntries(
      tuning.values
        .filter((value) => value.owner === owner)
        .map(({ name, start }) => [name, start().map((number) => number + 0.3 * random.normal())]),
    );
  return { everyone: of("everyone"), writers: { "": of("writer") } };
}

function expectEqual(some: readonly number[], others: readonly number[], within = 2e-5): void {
  expect(some.length).toBe(others.length);
  some.forEach((number, at) => {
    expect(Math.abs(number - others[at]!)).toBeLessThan(within);
  });
}

describe.each(Object.keys(methods))("%s", (name) => {
  it("change nothing before they are trained", async () => {
    const [tuning, plain] = methods[name]!();
    expectEqual(await scoresOf(tuning), await scoresOf(plain));
  });

  it("change the reading when they are trained, and with strength 0 do not", async () => {
    const [tuning, plain] = methods[name]!();
    const values = trained(tuning);
    const common = { everyone: values.everyone };
    const [full, none] = [await scoresOf(tuning, values), await scoresOf(tuning, values, 0)];
    const untouched = await scoresOf(
      plain,
      tuning.values.some(({ owner }) => owner === "writer") ? common : {},
    );
    expect(full.some((number, at) => Math.abs(number - untouched[at]!) > 1e-3)).toBe(true);
    expectEqual(none, await scoresOf(tuning, common));
  });
});

describe("a tuning", () => {
  it.each(["plain", "residual"] as const)("drops its %s network when it is trained", async (kind) => {
    for (const trains of ["delta", "shared", "both"] as const) {
      const options: ReparameterisedOptions = { shared, trains, reparameterisation: network(kind) };
      const tuning = reparameterisedPromptTuning(options);
      const { tuning: plain, values: drop } = tuning.afterTraining!;
      const learned = trained(tuning);
      const kept = { everyone: drop(learned.everyone), writers: { "": drop(learned.writers[""]!) } };
      expect(plain.values.every(({ name }) => /^(prompts|shared)\.\d$/.test(name))).toBe(true);
      for (const strength of [1, 0.5]) {
        expectEqual(await scoresOf(plain, kept, strength), await scoresOf(tuning, learned, strength));
      }
    }
  });

  it("says how large it is, without what is dropped", () => {
    const withNetwork = reparameterisedPromptTuning({ shared, reparameterisation: network("plain") });
    expect(tuningSize(promptTuning({ shared }))).toEqual({
      perWriter: 2 * 3 * 16,
      forEveryone: 0,
      bytesPerWriter: 2 * 2 * 3 * 16,
    });
    expect(tuningSize(withNetwork).perWriter).toBeGreaterThan(2 * 3 * 16);
    expect(tuningSize(withNetwork).bytesPerWriter).toBe(2 * 2 * 3 * 16);
    expect(tuningSize(lowRankTuning(model.config, { random, rank: 2 })).perWriter).toBe(2 * 2 * 2 * 2 * 16);
    expect(tuningSize(weightTuning(model))).toMatchObject({ perWriter: 0, bytesPerWriter: 0 });
  });

  it("joins others: each does what it does alone", async () => {
    const [prompts, biases] = [promptTuning({ shared }), biasTuning(model.config, "everyone")];
    const both = combineTunings(prompts, biases);
    const [ofPrompts, ofBiases] = [trained(prompts), trained(biases)];
    expect(both.method).toBe(`${prompts.method} with BitFit`);
    expectEqual(await scoresOf(both, ofPrompts), await scoresOf(prompts, ofPrompts));
    expect(await scoresOf(both, { everyone: ofBiases.everyone })).not.toEqual(await scoresOf(both));
    const adapted = combineTunings(
      adapterTuning(model.config, { random }),
      lowRankTuning(model.config, { random }),
    );
    expectEqual(await scoresOf(adapted), await scoresOf(headOnly));
  });

  it("starts at the same numbers each time", () => {
    const tuning = lowRankTuning(model.config, { random: createRandom(4) });
    const [first, second] = [tuning.values[0]!.start(), tuning.values[0]!.start()];
    expect(first).toEqual(second);
    expect(first).not.toEqual(tuning.values[2]!.start());
  });

  it("refuses a run of several writers that it cannot keep apart", () => {
    const graph = new Graph();
    const tuning = biasTuning(model.config);
    expect(() => tuningInputs(graph, model.config, model.weights(graph), tuning, "many")).toThrow(
      MixedWritersError,
    );
  });
});

describe.each(["tiny-distilbert", "tiny-roberta", "tiny-electra"])("in %s", (family) => {
  it("every method changes nothing before it is trained, and something afterwards", async () => {
    const other = await PretrainedModel.open(goldenPath(family), cache);
    const own = await startPrompts(other, { kind: "zero" }, { length: 2 });
    const plain = [promptTuning({ shared: own, trains: "shared" }), headOnly] as const;
    const methods: readonly (readonly [Tuning, Tuning])[] = [
      [promptTuning({ shared: own }), plain[0]],
      [
        lowRankTuning(other.config, { random, maps: ["attention.self.query", "intermediate.dense"] }),
        plain[1],
      ],
      [adapterTuning(other.config, { random }), plain[1]],
      [biasTuning(other.config), plain[1]],
      [weightTuning(other), plain[1]],
    ];
    for (const [tuning, untouched] of methods) {
      const before = await scoresOf(tuning, {}, 1, other);
      expectEqual(before, await scoresOf(untouched, {}, 1, other));
      const after = await scoresOf(tuning, trained(tuning), 1, other);
      expect(after.some((number, at) => Math.abs(number - before[at]!) > 1e-3)).toBe(true);
    }
  });
});

describe("shared prompts start", () => {
  it("from zeros, from random numbers, or from the states of real text", async () => {
    const zero = await startPrompts(model, { kind: "zero" });
    const drawn = await startPrompts(model, { kind: "random", random: createRandom(1) });
    const one = await startPrompts(model, { kind: "text", texts }, { length: 4, layers: 1 });
    expect(zero.values.every((number) => number === 0)).toBe(true);
    const square = drawn.values.reduce((sum, number) => sum + number * number, 0) / drawn.values.length;
    expect(Math.sqrt(square)).toBeGreaterThan(0.015);
    expect(Math.sqrt(square)).toBeLessThan(0.025);
    expect([one.layers, one.length, one.values.length]).toEqual([1, 4, 4 * 16]);
  });
});
