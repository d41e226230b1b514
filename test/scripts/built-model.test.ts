import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  averageWith,
  otherEnds,
  readBuilt,
  readStage,
  writeBuiltModel,
} from "../../scripts/model/built-model.ts";
import { saveCheckpoint } from "../../scripts/model/checkpoint.ts";
import { AverageShareError, MixedTrainingError, NoCheckpointError } from "../../scripts/model/errors.ts";
import { builtConfig, startWeights, type Weights } from "../../scripts/model/start-weights.ts";
import { requireTeacher } from "../../scripts/model/teacher.ts";
import type { TrainingKind } from "../../scripts/model/training-kind.ts";
import { Adam } from "../../src/learning/optimiser/adam.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { loadTokenizer } from "../../src/plm/tokens/tokenizer.ts";
import { special, wordPieceFile, writeTinyModel } from "../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "built-model-"));
afterAll(() => rmSync(folder, { recursive: true }));
const source = await readModelDirectory(writeTinyModel(join(folder, "source"), { tone: false }));
const config = builtConfig(source.config);
const start = (): Weights =>
  startWeights(source, config, { text: [], sets: 3, random: createRandom("heads") });

/** A model directory of weights that differ from the start. */
function keep(
  name: string,
  kind: TrainingKind,
  withOffsets: boolean,
): { readonly path: string; readonly weights: Weights } {
  const path = join(folder, name);
  const random = createRandom(name);
  const weights = Object.fromEntries(
    Object.entries(start()).map(([part, values]) => [
      part,
      values.map((value) => value + 0.1 * random.normal()),
    ]),
  );
  const { tokenizerPath } = source;
  writeBuiltModel(path, { config, weights, tokenizerPath, step: 7, kind, dropout: 0.1, withOffsets });
  return { path, weights };
}

describe("a stage that was kept", () => {
  it("is a model that says what its head is and how it reads emoji", async () => {
    const { path } = keep("model", "open", false);
    const { config: written, heads, file } = await readModelDirectory(path);
    expect(written).toEqual(config);
    expect(file.metadata.get("dropout")).toBe("0.1");
    expect(written).toMatchObject({ tone_head: "location_scale", names_emoji: true });
    expect(heads).toEqual({ mlm: true, replacedTokens: false, sentiment: true });
    expect(file.entries.has("sets.offsets")).toBe(false);
    const [named, plain] = [await loadTokenizer(path), await loadTokenizer(source.path)];
    expect(named.encodeWords("a 🙂").ids.length).toBeGreaterThan(plain.encodeWords("a 🙂").ids.length);
  });

  it.each([
    { ends: ["one end"], shares: [0.25], counted: [0.75, 0.25] },
    { ends: ["one end", "another"], shares: [0.2, 0.5], counted: [0.3, 0.2, 0.5] },
    { ends: ["one end", "another"], shares: [], counted: [1 / 3, 1 / 3, 1 / 3] },
  ])(
    "is averaged with $ends by the shares $shares, and what they lack stays",
    ({ ends, shares, counted }) => {
      const others = ends.map((name) => keep(name, "open", false));
      const [own, begun] = [start(), start()];
      averageWith(
        own,
        otherEnds(
          others.map(({ path }) => path),
          shares,
        ),
      );
      for (const [name, first] of Object.entries(begun)) {
        const lists = [first, ...others.map(({ weights }) => weights[name]!)];
        if (name === "sets.offsets") expect(own[name]).toEqual(first);
        else
          expect(farthest(own[name]!, mixed(lists, counted)), name).toBeLessThanOrEqual(largest(lists) / 200);
      }
    },
  );

  it("of research is averaged with no other, nor is any by shares that are none", () => {
    const ends = otherEnds([keep("closed", "research", false).path], [0.5]);
    expect(() => averageWith(start(), ends)).toThrow(MixedTrainingError);
    for (const shares of [[0.5], [0.5, 0], [0.7, 0.4], [Number.NaN, 0.1], [0.1, 0.1, 0.1]]) {
      expect(() => otherEnds(["a", "b"], shares)).toThrow(AverageShareError);
    }
    expect(otherEnds(["a"], [1])).toEqual([{ folder: "a", share: 1 }]);
  });

  it("gives the next stage its weights, to the rounding of 8 bits, and its offsets", () => {
    const { path, weights } = keep("stage", "open", true);
    const begun = start();
    readStage(path, begun);
    for (const [name, values] of Object.entries(weights)) {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const error = values.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - begun[name]![at]!)),
        0,
      );
      expect(error, name).toBeLessThanOrEqual(largest / 250);
    }
    expect(begun["sets.offsets"]).toEqual(weights["sets.offsets"]);
  });

  it("of half the layers gives every second one and leaves the layers between as they are", () => {
    const [whole, half] = [start(), start()];
    const shallow = { ...config, num_hidden_layers: config.num_hidden_layers / 2 };
    for (const values of Object.values(half)) values.fill(0.5);
    const how = { step: 7, kind: "open", dropout: 0, withOffsets: true } as const;
    const stage = { tokenizerPath: source.tokenizerPath, ...how };
    writeBuiltModel(join(folder, "half"), { ...stage, config: shallow, weights: half });
    const bias = (layer: number) => `encoder.layer.${layer}.output.dense.bias`;
    const between = Float32Array.from(whole[bias(1)]!);
    readStage(join(folder, "half"), whole);
    expect(whole[bias(0)]).toEqual(half[bias(0)]);
    expect(whole[bias(1)]).toEqual(between);
    expect(whole["sets.offsets"]).toEqual(half["sets.offsets"]);

    writeBuiltModel(join(folder, "whole"), { ...stage, config, weights: whole });
    const one = Object.fromEntries(
      Object.entries(whole).filter(([name]) => !name.startsWith("encoder.layer.1.")),
    );
    expect(() => readStage(join(folder, "whole"), one)).toThrow(/has 2 layers, and what is built has 1/);
  });

  it("can be taken from the checkpoint of a build that goes on", async () => {
    const weights = start();
    weights["sentiment.thresholds"]!.fill(0.5);
    const adam = new Adam([{ parameters: weights }]);
    saveCheckpoint(join(folder, "work"), { step: 11, weights, adam, kind: "open", dropout: 0.1 });
    const built = readBuilt(join(folder, "work"), "open", source);
    expect(built).toMatchObject({ step: 11, kind: "open", dropout: 0.1, config });
    expect(built.weights).toEqual(weights);
    expect(() => readBuilt(join(folder, "no work"), "open", source)).toThrow(NoCheckpointError);
  });

  it("of a research build begins no other, and where nothing was kept that is said", () => {
    const { path } = keep("research", "research", true);
    expect(() => readStage(path, start())).toThrow(MixedTrainingError);
    expect(() => readStage(join(folder, "nothing"), start())).toThrow(NoCheckpointError);
  });
});

/** Sums of lists of numbers, each times its factor. */
function mixed(lists: readonly Float32Array[], factors: readonly number[]): readonly number[] {
  return Array.from(lists[0]!, (_, at) =>
    lists.reduce((sum, list, number) => sum + factors[number]! * list[at]!, 0),
  );
}

const largest = (lists: readonly Float32Array[]): number =>
  Math.max(...lists.map((list) => list.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));

const farthest = (a: Float32Array, b: readonly number[]): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);

describe("the teacher of neighbours", () => {
  it("has the vocabulary of the start weights, token by token", async () => {
    const tokenizer = await loadTokenizer(source.path);
    expect((await requireTeacher(source.path, source, tokenizer)).id).toBe(source.id);
    const other = writeTinyModel(join(folder, "other"));
    writeFileSync(join(other, "tokenizer.json"), JSON.stringify(wordPieceFile([...special, "b", "a"])));
    await expect(requireTeacher(other, source, tokenizer)).rejects.toThrow(
      /its vocabulary differs at token 5/,
    );
  });
});
