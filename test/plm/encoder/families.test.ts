import { beforeAll, describe, expect, it } from "vitest";
import { differentiate } from "../../../src/graph/differentiate.ts";
import { Graph } from "../../../src/graph/graph.ts";
import { reduceSum } from "../../../src/graph/operators/reductions.ts";
import { GraphSession } from "../../../src/graph/session.ts";
import { writeModel } from "../../../src/graph/write-model.ts";
import { activate } from "../../../src/plm/encoder/layers.ts";
import { type ModelDirectory, readModelDirectory } from "../../../src/plm/files/model-directory.ts";
import {
  encoderReader,
  type GoldenFamilies,
  goldenPath,
  type Numbers,
  readGoldenFamilies,
  runFamily,
} from "./family-golden.ts";

const golden = readGoldenFamilies();

interface FamilyCase {
  readonly title: string;
  readonly name: Exclude<keyof GoldenFamilies, "geluNew">;
  readonly path: string;
}

const families: readonly FamilyCase[] = [
  { title: "BERT", name: "bert", path: "tiny-bert" },
  { title: "RoBERTa", name: "roberta", path: "tiny-roberta" },
  { title: "DistilBERT", name: "distilbert", path: "tiny-distilbert" },
  { title: "ELECTRA that tells replaced tokens", name: "electra", path: "tiny-electra" },
  { title: "ELECTRA that guesses words", name: "electraGenerator", path: "tiny-electra/generator" },
];

type Tensor = { readonly data: ArrayLike<number | bigint> };

function distance(actual: Tensor, expected: Numbers, isCompared = (_: number): boolean => true): number {
  expect(actual.data.length).toBe(expected.data.length);
  return expected.data.reduce(
    (most, number, i) => (isCompared(i) ? Math.max(most, Math.abs(number - Number(actual.data[i]))) : most),
    0,
  );
}

describe.each(families)("$title of two layers, as transformers saved it,", ({ name, path }) => {
  const family = golden[name];
  let model: ModelDirectory;
  beforeAll(async () => {
    model = await readModelDirectory(goldenPath(path));
  });

  it.each(["plain", "prompted"] as const)("has PyTorch's numbers, %s", async (kind) => {
    const expected = family[kind];
    const results = await runFamily(model, family, kind === "prompted" ? family.prompted.prompts : []);
    const { hidden, logits, loss, ...gradients } = results;
    const size = expected.hidden.shape[2]!;
    const isToken = (row: number): boolean => family.attentionMask.data[row] === 1;
    const isOfToken = (i: number): boolean => isToken(Math.floor(i / size));
    expect(distance(hidden!, expected.hidden, isOfToken)).toBeLessThan(1e-4);
    // Replaced tokens are told at every place, padding too; there nothing is to be compared.
    const hasAll = family.maskedPositions === undefined;
    expect(distance(logits!, expected.logits, (i) => !hasAll || isToken(i))).toBeLessThan(1e-3);
    expect(Number(loss!.data[0])).toBeCloseTo(expected.loss, 4);
    expect(Object.keys(gradients).sort()).toEqual(Object.keys(expected.gradients).sort());
    for (const [weight, gradient] of Object.entries(gradients)) {
      expect(gradient.shape, weight).toEqual(expected.gradients[weight]!.shape);
      expect(distance(gradient, expected.gradients[weight]!), weight).toBeLessThan(2e-5);
    }
  });

  it("has PyTorch's gradients by what is to be watched: every weight of a BERT, two of the others", () => {
    const watched = Object.keys(family.plain.gradients);
    expect(watched.filter((weight) => !model.has(weight))).toEqual([]);
    expect(watched).toHaveLength(name === "bert" ? model.tensorNames().length : 2);
  });

  it("reads a text the same whatever stands behind it as padding", async () => {
    const encoder = await encoderReader(model);
    const [alone] = await encoder.read([[0, 7, 9, 11, 2]]);
    const [padded] = await encoder.read([[0, 7, 9, 11, 2]], { length: 12, id: 1 });
    await encoder.release();
    for (const [at, row] of alone!.entries()) {
      expect(distance({ data: row }, { shape: [], data: [...padded![at]!] })).toBeLessThan(1e-5);
    }
  });

  it("takes an input of as many tokens as it says", async () => {
    const encoder = await encoderReader(model);
    const ids = Array.from({ length: model.config.max_position_embeddings }, (_, at) => 5 + (at % 40));
    const [rows] = await encoder.read([ids]);
    await encoder.release();
    expect(rows!.flatMap((row) => [...row]).every(Number.isFinite)).toBe(true);
  });
});

describe("what the families have", () => {
  it.each([
    ["tiny-roberta", { mlm: true, replacedTokens: false, sentiment: false }, 22, 2],
    ["tiny-distilbert", { mlm: true, replacedTokens: false, sentiment: false }, 24, 0],
    ["tiny-electra", { mlm: false, replacedTokens: true, sentiment: false }, 24, 0],
    ["tiny-electra/generator", { mlm: true, replacedTokens: false, sentiment: false }, 24, 0],
  ])("%s: heads, longest input, offset of positions", async (path, heads, longest, offset) => {
    const model = await readModelDirectory(goldenPath(path));
    expect(model.heads).toEqual(heads);
    expect(model.config.max_position_embeddings).toBe(longest);
    expect(model.config.position_offset).toBe(offset);
  });
});

describe("the approximated GELU", () => {
  it("has the numbers and the gradient of transformers", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["n"]);
    const y = activate({ hidden_act: "gelu_new" }, x);
    const [gradient] = differentiate(graph, reduceSum(y, [0]), [x]);
    const session = await GraphSession.create(writeModel(graph, { y, gradient: gradient! }), { threads: 1 });
    const { x: numbers, ...expected } = golden.geluNew;
    const results = await session.run({
      x: { data: Float32Array.from(numbers), shape: [numbers.length] },
    });
    await session.release();
    expect(distance(results["y"]!, { shape: [], data: expected.y })).toBeLessThan(1e-5);
    expect(distance(results["gradient"]!, { shape: [], data: expected.gradient })).toBeLessThan(1e-5);
  });
});
