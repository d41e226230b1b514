import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cutDocument, cutSentence } from "../../../src/learning/cut-document.ts";
import { InputTooLongError } from "../../../src/plm/errors.ts";
import { Safetensors } from "../../../src/plm/files/safetensors.ts";
import { writeSafetensors } from "../../../src/plm/files/write-safetensors.ts";
import { tryModel } from "../../../src/plm/foreign/try-model.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { TextEncoder } from "../../../src/tone/reading/text-encoder.ts";
import { goldenPath } from "./family-golden.ts";

const root = mkdtempSync(join(tmpdir(), "idiolect-inputs-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const open = (path: string): Promise<PretrainedModel> => PretrainedModel.open(path, join(root, "cache"));

const long = "The river took the lower meadow again, and nobody in the village minded it at all. ".repeat(5);

describe("a text that is longer than the model", () => {
  it("is refused where it is to be read in one piece, at one token too many", async () => {
    const model = await open(goldenPath("tiny-roberta"));
    const encoder = new TextEncoder(model, { threads: 1 });
    const ofLength = (length: number) => [{ ids: Uint16Array.from({ length }, (_, at) => 5 + (at % 90)) }];
    expect(await encoder.read(ofLength(22))).toHaveLength(1);
    await expect(encoder.read(ofLength(23))).rejects.toThrow(InputTooLongError);
    await expect(encoder.read(ofLength(23))).rejects.toThrow(/has 23 tokens.*at most 22/);
    await encoder.release();
  });

  it("is split into passages that fit, and none of it is lost", async () => {
    const model = await open(goldenPath("tiny-roberta"));
    const passages = cutSentence(model, long);
    expect(Math.max(...passages.map(({ ids }) => ids.length))).toBeLessThanOrEqual(22);
    const tokens = passages.flatMap(({ ids }) => [...ids].slice(1, -1));
    expect(tokens).toEqual(model.tokenizer.encodeWords(long).ids);
  });

  it("keeps the space between its sentences where the tokenizer has one", async () => {
    const model = await open(goldenPath("tiny-roberta"));
    const { passages } = cutDocument(model, "post", ["It rained.", "It rained again."]);
    const tokens = passages.flatMap(({ ids }) => [...ids].slice(1, -1));
    expect(tokens).toEqual(model.tokenizer.encodeWords("It rained. It rained again.").ids);
  });
});

describe("an ELECTRA discriminator that was given a head for hidden words", () => {
  it("guesses words and tells replaced ones", async () => {
    const path = join(root, "both");
    cpSync(goldenPath("tiny-electra"), path, { recursive: true });
    const file = Safetensors.open(join(path, "model.safetensors"));
    const kept = [...file.entries.values()].map(
      ({ name, shape }) => ({ name, shape, type: "F32", data: file.readFloats(name) }) as const,
    );
    const head = [
      ["cls.predictions.transform.dense.weight", [8, 16]],
      ["cls.predictions.transform.dense.bias", [8]],
      ["cls.predictions.transform.LayerNorm.weight", [8]],
      ["cls.predictions.transform.LayerNorm.bias", [8]],
      ["cls.predictions.bias", [50]],
    ] as const;
    const added = head.map(([name, shape]) => {
      const size = shape.reduce((product: number, extent) => product * extent, 1);
      const data = Float32Array.from({ length: size }, (_, at) => Math.sin(at + 1));
      return { name, shape, type: "F32", data } as const;
    });
    writeSafetensors(join(path, "model.safetensors"), [...kept, ...added]);
    const model = await open(path);
    expect(model.directory.heads).toEqual({ mlm: true, replacedTokens: true, sentiment: false });
    const { guesses } = await tryModel(model);
    expect(guesses?.hidden).toBeGreaterThan(0);
    expect(Number.isFinite(guesses?.meanLoss)).toBe(true);
  });
});
