import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { marginalTuning } from "../../../src/lab/tunings/marginal-tuning.ts";
import { startPrompts } from "../../../src/lab/tunings/prompt-start.ts";
import { shiftTuning } from "../../../src/lab/tunings/shift-tuning.ts";
import {
  makeTuning,
  parseTuningWords,
  type TuningMaterial,
  type TuningWay,
  tuningWords,
} from "../../../src/lab/tunings/tuning-words.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import type { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import type { SoftPrompts } from "../../../src/prompts/soft-prompts.ts";
import { headOnly, type Tuning } from "../../../src/prompts/tuning.ts";
import { openTinyModel, patternPassage } from "../../plm/tiny-model.ts";

const cache = mkdtempSync(join(tmpdir(), "idiolect-tuning-words-"));
const random = createRandom("tuning words");
let model: PretrainedModel;
let shared: SoftPrompts;
let material: TuningMaterial;
beforeAll(async () => {
  model = await openTinyModel(cache);
  const texts = [5, 9, 7].map((words) => patternPassage(model, words, random));
  shared = await startPrompts(model, { kind: "random", random }, { length: 3 });
  material = {
    model,
    random,
    texts,
    shared,
    head: headOnly,
    bias: shiftTuning(1),
    marginals: marginalTuning(model.config),
  };
});
afterAll(() => rmSync(cache, { recursive: true }));

const make = (words: string, way: Partial<TuningWay> = {}, more: Partial<TuningMaterial> = {}) => {
  const usual = { promptLength: 3, reparameterisation: "none", rank: 2, adapterWidth: 4 } as const;
  return makeTuning({ ...usual, ...way, words: parseTuningWords(words) }, { ...material, ...more });
};

const owners = ({ values }: Tuning, owner: string): readonly string[] =>
  values.filter((value) => value.owner === owner).map(({ name }) => name);

describe("Words of ways of tuning", () => {
  it("are read in their order, with blanks around them", () => {
    expect(parseTuningWords(" prompts + bitfit")).toEqual(["prompts", "bitfit"]);
    expect(tuningWords.flatMap((word) => parseTuningWords(word))).toEqual(tuningWords);
  });

  it.each([
    ["lorra", /"lorra" is no way.*There are prompts, .*marginals; \+ joins/],
    ["", /"" is no way/],
    ["constructor", /no way/],
    ["lora+lora", /names a way twice/],
    ["bitfit+all-weights", /do not go together.*among them/],
  ])("such as %j are refused with what to do", (words, told) => {
    expect(() => parseTuningWords(words)).toThrow(told);
  });
});

describe("A way of tuning", () => {
  it("has a method to its name and numbers of the writer, for each word but a head that trains nothing", async () => {
    for (const word of tuningWords.filter((one) => one !== "head")) {
      const tuning = await make(word);
      expect(owners(tuning, "writer").length).toBeGreaterThan(0);
      expect(tuning.method).toMatch(/\w/);
    }
  });

  it("without prompts of its own leaves the shared ones in place", async () => {
    const tuning = await make("lora+bias");
    expect(tuning.method).toBe("shared prompts with LoRA, rank 2 with writer's bias");
    expect(owners(tuning, "everyone")).toEqual(["shared.0", "shared.1"]);
    expect(owners(await make("lora", {}, { shared: undefined }), "everyone")).toEqual([]);
  });

  it("that asks for more vectors than there are shared ones fills them up from text", async () => {
    const options = { length: 5 };
    const longer = await startPrompts(model, { kind: "shared", shared, texts: material.texts }, options);
    const text = await startPrompts(model, { kind: "text", texts: material.texts }, { length: 2 });
    const width = shared.hiddenSize;
    for (const layer of [0, 1]) {
      const at = layer * 5 * width;
      const [own, more] = [
        shared.values.subarray(layer * 3 * width),
        text.values.subarray(layer * 2 * width),
      ];
      expect(longer.values.slice(at, at + 3 * width)).toEqual(own.slice(0, 3 * width));
      expect(longer.values.slice(at + 3 * width, at + 5 * width)).toEqual(more.slice(0, 2 * width));
    }
    expect((await make("prompts", { promptLength: 5 })).method).toBe("prompts in 2 layers, 5 each");
  });

  it.each([
    ["prompts", { promptLength: 2 }, {}, /have 3 vectors, more than 2\. Ask for at least 3/],
    ["prompts", { promptStart: "shared" }, { shared: undefined }, /ships no shared prompts/],
    ["input-prompts", { promptStart: "shared" }, {}, /Start them from text/],
    ["head", {}, { head: undefined }, /all writers share one head/],
    ["marginals", {}, { marginals: undefined }, /no words are guessed/],
  ] as const)("%s %j is refused where it cannot be had", async (words, way, lacking, told) => {
    await expect(make(words, way, lacking as Partial<TuningMaterial>)).rejects.toThrow(told);
  });
});
