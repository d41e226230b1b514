import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ModelDirectoryError, type PlmError, TokenizerError } from "../../../src/plm/errors.ts";
import { readModelDirectory } from "../../../src/plm/files/model-directory.ts";
import { Safetensors } from "../../../src/plm/files/safetensors.ts";
import { type StoredTensor, writeSafetensors } from "../../../src/plm/files/write-safetensors.ts";
import { verifyModel } from "../../../src/plm/foreign/verify-model.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { goldenPath } from "../encoder/family-golden.ts";

type Json = Record<string, unknown>;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "idiolect-hostile-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;

/** A copy of a tiny model that a test may spoil. */
function copyOf(name: string): string {
  const path = join(root, `${made++}`);
  cpSync(goldenPath(name), path, { recursive: true });
  return path;
}

function edit(path: string, change: (json: Json) => void): void {
  const json = JSON.parse(readFileSync(path, "utf8")) as Json;
  change(json);
  writeFileSync(path, JSON.stringify(json));
}

/** Writes the weights anew, each as `change` says; undefined leaves one out. */
function rewrite(path: string, change: (tensor: StoredTensor & { type: "F32" }) => readonly StoredTensor[]) {
  const file = join(path, "model.safetensors");
  const { entries } = Safetensors.open(file);
  const opened = Safetensors.open(file);
  const tensors = [...entries.values()]
    .filter(({ type }) => type === "F32")
    .flatMap(({ name, shape }) => change({ name, shape, type: "F32", data: opened.readFloats(name) }));
  writeSafetensors(file, tensors);
}

const cache = (): string => mkdtempSync(join(root, "cache-"));

async function refusal(work: Promise<unknown>): Promise<PlmError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return error as PlmError;
}

describe("a model directory is refused, with what to do,", () => {
  it.each<[string, string, RegExp]>([
    [
      "a pickle",
      "pytorch_model.bin",
      /pytorch_model\.bin is a pickle, which can run any program.*save_pretrained/,
    ],
    ["weights in parts", "model.safetensors.index.json", /split into several files; write them as one/],
    ["a text generator", "llama.Q4_0.gguf", /GGUF file, which holds text generators/],
    ["TensorFlow's weights", "tf_model.h5", /in a form that is not read/],
  ])("when it has %s in place of its weights", async (_what, name, message) => {
    const path = copyOf("tiny-bert");
    renameSync(join(path, "model.safetensors"), join(path, name));
    const { message: told } = await refusal(readModelDirectory(path));
    expect(told).toMatch(/model\.safetensors is missing/);
    expect(told).toMatch(message);
  });

  it.each([
    ["vocab.txt", /older form of the tokenizer; write the new one/],
    ["sentencepiece.bpe.model", /SentencePiece vocabulary/],
  ])("when it has only %s in place of tokenizer.json", async (name, message) => {
    const path = copyOf("tiny-bert");
    renameSync(join(path, "tokenizer.json"), join(path, name));
    expect((await refusal(readModelDirectory(path))).message).toMatch(message);
  });

  it("when a file is a link out of it", async () => {
    const path = copyOf("tiny-bert");
    const secret = join(root, "secret.json");
    writeFileSync(secret, '{"password":"hunter2"}');
    rmSync(join(path, "config.json"));
    symlinkSync(secret, join(path, "config.json"));
    const { message } = await refusal(readModelDirectory(path));
    expect(message).toMatch(/config\.json is a link to a file outside of the directory: copy/);
    expect(message).not.toMatch(/hunter2/);
  });

  it("when a link leads nowhere", async () => {
    const path = copyOf("tiny-bert");
    rmSync(join(path, "tokenizer.json"));
    symlinkSync("gone.json", join(path, "tokenizer.json"));
    expect((await refusal(readModelDirectory(path))).message).toMatch(/link to a file that is not there/);
  });

  it.skipIf(process.platform === "win32")("when a file never ends", async () => {
    const path = copyOf("tiny-bert");
    rmSync(join(path, "config.json"));
    expect(spawnSync("mkfifo", [join(path, "config.json")]).status).toBe(0);
    expect((await refusal(readModelDirectory(path))).message).toMatch(/config\.json is not a regular file/);
  });

  it("when config.json is larger than any, before it is read", async () => {
    const path = copyOf("tiny-bert");
    truncateSync(join(path, "config.json"), 2 ** 30);
    expect((await refusal(readModelDirectory(path))).message).toMatch(
      /1073741824 bytes; 1048576 is the most/,
    );
  });

  it.each<[string, Json, RegExp]>([
    ["a billion layers", { num_hidden_layers: 1e9 }, /num_hidden_layers: Too big/],
    ["a vocabulary without end", { vocab_size: 1e15 }, /vocab_size: Too big/],
    ["layers of half a number", { hidden_size: 16.5 }, /hidden_size/],
    ["an epsilon that is no number", { layer_norm_eps: "1e-12" }, /layer_norm_eps/],
    ["one direction only", { is_decoder: true }, /is_decoder/],
    ["room for two tokens", { max_position_embeddings: 2 }, /room for one token/],
    [
      "no family",
      { model_type: undefined },
      /families that can be read are bert, distilbert, roberta, electra/,
    ],
    ["a family by another name", { model_type: "__proto__" }, /families that can be read/],
  ])("when config.json asks for %s", async (_what, change, message) => {
    const path = copyOf("tiny-bert");
    edit(join(path, "config.json"), (config) => Object.assign(config, change));
    const error = await refusal(readModelDirectory(path));
    expect(error).toBeInstanceOf(ModelDirectoryError);
    expect(error.message).toMatch(message);
  });

  it("when config.json nests a hundred thousand lists", async () => {
    const path = copyOf("tiny-bert");
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    writeFileSync(join(path, "config.json"), `{"model_type":"bert","hidden_size":${deep}}`);
    expect(await refusal(readModelDirectory(path))).toBeInstanceOf(ModelDirectoryError);
  });

  it("when it is of one family and says that it is of another", async () => {
    const path = copyOf("tiny-roberta");
    edit(join(path, "config.json"), (config) => Object.assign(config, { model_type: "bert" }));
    expect((await refusal(readModelDirectory(path))).message).toMatch(/position_embeddings|is missing/);
  });

  it("when two tensors are the same part", async () => {
    const path = copyOf("tiny-bert");
    const name = "bert.embeddings.LayerNorm.weight";
    rewrite(path, (tensor) =>
      tensor.name === name ? [tensor, { ...tensor, name: "embeddings.LayerNorm.weight" }] : [tensor],
    );
    expect((await refusal(readModelDirectory(path))).message).toMatch(/are the same part of the model/);
  });

  it("when the name of a tensor holds a terminal's commands, without carrying them out", async () => {
    const path = copyOf("tiny-bert");
    const header = { "\u001b[2Jgone\u202e": { dtype: "F32", shape: [1], data_offsets: [0, 8] } };
    const json = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    writeFileSync(join(path, "model.safetensors"), Buffer.concat([length, json, Buffer.alloc(8)]));
    const { message } = await refusal(readModelDirectory(path));
    expect(message).toMatch(/tensor \ufffd\[2Jgone\ufffd of F32/);
  });
});

describe("weights that are no numbers", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    "such as %s are refused when a model is opened",
    async (bad) => {
      const path = copyOf("tiny-roberta");
      rewrite(path, (tensor) => {
        if (tensor.name.endsWith("layer.1.output.dense.weight")) tensor.data[3] = bad;
        return [tensor];
      });
      const message = /encoder\.layer\.1\.output\.dense\.weight holds 1 values that are no finite numbers/;
      const folder = cache();
      expect((await refusal(PretrainedModel.open(path, folder))).message).toMatch(message);
      expect((await refusal(verifyModel(path, folder))).message).toMatch(message);
    },
  );

  it("are all named when a model is verified, the first as well as the last", async () => {
    const path = copyOf("tiny-electra");
    rewrite(path, (tensor) => [{ ...tensor, data: tensor.data.fill(Number.NaN) }]);
    const error = await refusal(verifyModel(path, cache()));
    expect((error as ModelDirectoryError).problems).toHaveLength(43);
  });

  it("and weights that say nothing are told apart from a model", async () => {
    const path = copyOf("tiny-bert");
    rewrite(path, (tensor) => [{ ...tensor, data: tensor.data.fill(0.5) }]);
    const { message } = await refusal(verifyModel(path, cache()));
    expect(message).toMatch(/all sentences read the same/);
  });
});

describe("a tokenizer.json is refused", () => {
  it.each<[string, (json: Json) => void]>([
    [
      "with a pattern that never ends as its normalizer",
      (json) => {
        json["normalizer"] = { type: "Replace", pattern: { Regex: "(a+)+$" }, content: "" };
      },
    ],
    [
      "with words as long as a book",
      (json) => Object.assign(json["model"] as Json, { max_input_chars_per_word: 1e9 }),
    ],
    ["with a list for a vocabulary", (json) => Object.assign(json["model"] as Json, { vocab: ["a", "b"] })],
    ["with ids that are no numbers", (json) => Object.assign(json["model"] as Json, { vocab: { a: "1" } })],
    ["with a million added tokens", (json) => Object.assign(json, { added_tokens: manyTokens() })],
  ])("%s", async (_what, change) => {
    const path = copyOf("tiny-bert");
    edit(join(path, "tokenizer.json"), change);
    expect(await refusal(PretrainedModel.open(path, cache()))).toBeInstanceOf(TokenizerError);
  });

  it.each<[string, (json: Json) => void]>([
    [
      "ids",
      (json) => {
        const wrong = Array.from({ length: 50_000 }, (_, at) => [`token${at}`, -1]);
        Object.assign(json["model"] as Json, { vocab: Object.fromEntries(wrong) });
      },
    ],
    [
      "merges",
      (json) => Object.assign(json["model"] as Json, { merges: Array.from({ length: 50_000 }, () => "abc") }),
    ],
  ])("with fifty thousand wrong %s, in few words", async (_what, change) => {
    const path = copyOf("tiny-roberta");
    edit(join(path, "tokenizer.json"), change);
    const { message } = await refusal(PretrainedModel.open(path, cache()));
    expect(message.length).toBeLessThan(1_000);
  });

  it("when it knows no word of English", async () => {
    const path = copyOf("tiny-bert");
    edit(join(path, "tokenizer.json"), (json) => {
      const special = Object.entries((json["model"] as { vocab: Record<string, number> }).vocab).slice(0, 5);
      Object.assign(json["model"] as Json, { vocab: Object.fromEntries(special) });
    });
    expect((await refusal(verifyModel(path, cache()))).message).toMatch(/knows no word of a plain English/);
  });

  function manyTokens(): readonly Json[] {
    return Array.from({ length: 10_001 }, (_, id) => ({ id, content: `extra${id}` }));
  }
});

describe("a model directory is taken", () => {
  it("as Hugging Face's cache keeps it, with links into its blobs", async () => {
    const source = copyOf("tiny-roberta");
    const snapshot = join(root, "models--some--model/snapshots/abc");
    const blobs = join(root, "models--some--model/blobs");
    mkdirSync(snapshot, { recursive: true });
    mkdirSync(blobs);
    for (const name of ["config.json", "tokenizer.json", "model.safetensors"]) {
      renameSync(join(source, name), join(blobs, `blob-of-${name}`));
      symlinkSync(`../../blobs/blob-of-${name}`, join(snapshot, name));
    }
    const { id } = await readModelDirectory(snapshot);
    expect(id).toBe((await readModelDirectory(goldenPath("tiny-roberta"))).id);
  });

  it("with TensorFlow's names of layer norms, as the first BERT has them", async () => {
    const path = copyOf("tiny-bert");
    rewrite(path, (tensor) => [
      {
        ...tensor,
        name: tensor.name
          .replace(/LayerNorm\.weight$/, "LayerNorm.gamma")
          .replace(/LayerNorm\.bias$/, "LayerNorm.beta"),
      },
    ]);
    const [old, made] = await Promise.all([
      readModelDirectory(goldenPath("tiny-bert")),
      readModelDirectory(path),
    ]);
    const name = "encoder.layer.1.output.LayerNorm.bias";
    expect(made.tensor(name)).toEqual(old.tensor(name));
  });

  it("with the bias of its vocabulary under the decoder's name", async () => {
    const path = copyOf("tiny-roberta");
    rewrite(path, (tensor) => [
      { ...tensor, name: tensor.name.replace(/^lm_head\.bias$/, "lm_head.decoder.bias") },
    ]);
    const model = await readModelDirectory(path);
    expect(model.heads.mlm).toBe(true);
    expect(model.tensor("cls.predictions.bias").shape).toEqual([421]);
  });

  it("without a head, and says so when the head is asked for", async () => {
    const model = await PretrainedModel.open(goldenPath("tiny-electra"), cache());
    const { Graph } = await import("../../../src/graph/graph.ts");
    const weights = model.weights(new Graph());
    expect(() => weights("cls.predictions.bias", [50])).toThrow(
      /no head that guesses hidden words.*model inspect/s,
    );
    expect(() => weights("sentiment.valence.bias", [1])).toThrow(/no head for tone/);
  });
});
