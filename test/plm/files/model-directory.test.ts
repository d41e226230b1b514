import { cpSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MissingTensorError, ModelDirectoryError, SafetensorsError } from "../../../src/plm/errors.ts";
import { modelConfigSchema } from "../../../src/plm/files/model-config.ts";
import { readModelDirectory } from "../../../src/plm/files/model-directory.ts";
import { packWeight } from "../../../src/plm/files/quantise.ts";
import {
  encoderTensors,
  mlmHeadTensors,
  sentimentHeadTensors,
} from "../../../src/plm/files/tensor-shapes.ts";
import { writeSafetensors } from "../../../src/plm/files/write-safetensors.ts";

const config = {
  model_type: "bert",
  hidden_size: 8,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 16,
  vocab_size: 600,
  max_position_embeddings: 12,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
  hidden_act: "gelu",
};
const parsedConfig = modelConfigSchema.parse(config);

type Shapes = Map<string, readonly number[]>;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "idiolect-model-"));
});
afterAll(() => rmSync(root, { recursive: true }));

let made = 0;

/** A model directory whose weights are its tensors' indices; `change` makes it wrong. */
function makeModel(
  options: {
    readonly prefix?: string;
    readonly config?: unknown;
    readonly heads?: boolean;
    readonly change?: (shapes: Shapes) => void;
    readonly pack?: boolean;
  } = {},
): string {
  const path = mkdtempSync(join(root, `${made++}-`));
  const heads = [...mlmHeadTensors(parsedConfig), ...sentimentHeadTensors(parsedConfig)];
  const shapes: Shapes = new Map([...encoderTensors(parsedConfig), ...(options.heads ? heads : [])]);
  options.change?.(shapes);
  const tensors = [...shapes].flatMap(([name, shape], index) => {
    const data = new Float32Array(shape.reduce((total, size) => total * size, 1)).fill(index);
    const stored = name.startsWith("e") ? `${options.prefix ?? ""}${name}` : name;
    return options.pack
      ? packWeight(stored, shape, data)
      : [{ name: stored, type: "F32", shape, data } as const];
  });
  writeSafetensors(join(path, "model.safetensors"), tensors);
  writeFileSync(join(path, "config.json"), JSON.stringify(options.config ?? config));
  writeFileSync(join(path, "tokenizer.json"), "{}");
  return path;
}

async function problemsOf(path: string): Promise<readonly string[]> {
  const error = await readModelDirectory(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelDirectoryError);
  return (error as ModelDirectoryError).problems;
}

describe("a model directory", () => {
  it.each(["", "bert."])("gives its tensors by name, stored with the prefix '%s'", async (prefix) => {
    const model = await readModelDirectory(makeModel({ prefix }));
    expect(model.config.hidden_size).toBe(8);
    expect(model.heads).toEqual({ mlm: false, replacedTokens: false, sentiment: false });
    for (const name of ["embeddings.LayerNorm.weight", "bert.embeddings.LayerNorm.weight"]) {
      expect(model.has(name)).toBe(true);
      expect(model.tensor(name)).toEqual({ shape: [8], data: new Float32Array(8).fill(3) });
    }
    expect(model.has("pooler.dense.weight")).toBe(false);
    expect(() => model.tensor("pooler.dense.weight")).toThrow(MissingTensorError);
  });

  it("says which heads it has", async () => {
    const model = await readModelDirectory(makeModel({ heads: true, prefix: "bert." }));
    expect(model.heads).toEqual({ mlm: true, replacedTokens: false, sentiment: true });
    expect(model.tensor("cls.predictions.bias").shape).toEqual([600]);
  });

  it("reads 8-bit weights as floats", async () => {
    const model = await readModelDirectory(makeModel({ pack: true, prefix: "bert." }));
    const { shape, data } = model.tensor("embeddings.word_embeddings.weight");
    expect(shape).toEqual([600, 8]);
    expect(data).toEqual(new Float32Array(4800));
  });

  it("opens what PyTorch and transformers wrote", async () => {
    const model = await readModelDirectory(join(import.meta.dirname, "../../golden/tiny-bert"));
    expect(model.heads).toEqual({ mlm: true, replacedTokens: false, sentiment: false });
    expect(model.config.num_hidden_layers).toBe(2);
  });

  it("has an id that only its content decides", async () => {
    const path = makeModel();
    const copy = join(root, "copy");
    cpSync(path, copy, { recursive: true });
    const { id } = await readModelDirectory(path);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect((await readModelDirectory(copy)).id).toBe(id);
    writeFileSync(join(copy, "tokenizer.json"), "{ }");
    expect((await readModelDirectory(copy)).id).not.toBe(id);
  });
});

describe("a model directory is refused", () => {
  it("when it is no directory", async () => {
    expect(await problemsOf(join(root, "nowhere"))).toEqual(["it is not a directory that can be read"]);
    expect(await problemsOf(join(makeModel(), "config.json"))).toHaveLength(1);
  });

  it("when files are missing, all of them named", async () => {
    const path = mkdtempSync(join(root, "empty-"));
    expect(await problemsOf(path)).toEqual([
      "config.json is missing",
      "tokenizer.json is missing",
      "model.safetensors is missing",
    ]);
  });

  it("when config.json is not JSON", async () => {
    const path = makeModel();
    writeFileSync(join(path, "config.json"), "hidden_size: 8");
    expect(await problemsOf(path)).toEqual(["config.json is not JSON"]);
  });

  it.each<[string, object, RegExp]>([
    ["is of another family", { model_type: "gpt2" }, /model_type/],
    ["lacks a size", { hidden_size: undefined }, /hidden_size/],
    ["has a size of zero", { num_hidden_layers: 0 }, /num_hidden_layers/],
    ["has another activation", { hidden_act: "silu" }, /hidden_act/],
    [
      "has heads that do not divide",
      { num_attention_heads: 3 },
      /num_attention_heads: hidden_size must be a multiple/,
    ],
    ["has relative positions", { position_embedding_type: "relative_key" }, /position_embedding_type/],
  ])("when config.json %s", async (_what, change, problem) => {
    const problems = await problemsOf(makeModel({ config: { ...config, ...change } }));
    expect(problems.join("\n")).toMatch(problem);
  });

  it("with every missing and mis-shaped tensor in one message that says what to do", async () => {
    const path = makeModel({
      change: (shapes) => {
        shapes.delete("encoder.layer.1.attention.self.key.bias");
        shapes.delete("embeddings.LayerNorm.weight");
        shapes.set("encoder.layer.0.intermediate.dense.weight", [8, 16]);
      },
    });
    expect(await problemsOf(path)).toEqual([
      "tensor embeddings.LayerNorm.weight [8] is missing",
      "tensor encoder.layer.0.intermediate.dense.weight has shape [8, 16], config.json asks for [16, 8]",
      "tensor encoder.layer.1.attention.self.key.bias [8] is missing",
    ]);
    await expect(readModelDirectory(path)).rejects.toThrow(
      /key\.bias \[8\] is missing\n.*Download or copy all three again/s,
    );
  });

  it("when its config contradicts its tensors, without a hundred lines of it", async () => {
    const path = makeModel({ config: { ...config, hidden_size: 16 } });
    expect(await problemsOf(path)).toHaveLength(35);
    await expect(readModelDirectory(path)).rejects.toThrow(/and 15 more like these/);
  });

  it("when a head is there in part", async () => {
    const problems = await problemsOf(
      makeModel({
        heads: true,
        change: (shapes) => {
          shapes.delete("cls.predictions.bias");
          shapes.delete("sentiment.valence.weight");
        },
      }),
    );
    expect(problems).toEqual([
      "tensor cls.predictions.bias [600] is missing",
      "tensor sentiment.valence.weight [1, 128] is missing",
    ]);
  });

  it("when 8-bit weights have lost their scales", async () => {
    const path = makeModel();
    const tensors = [...encoderTensors(parsedConfig)].map(([name, shape]) => {
      const size = shape.reduce((total, extent) => total * extent, 1);
      return name === "embeddings.word_embeddings.weight"
        ? ({ name, type: "I8", shape, data: new Int8Array(size) } as const)
        : ({ name, type: "F32", shape, data: new Float32Array(size) } as const);
    });
    writeSafetensors(join(path, "model.safetensors"), tensors);
    expect(await problemsOf(path)).toEqual([
      "tensor embeddings.word_embeddings.weight has 8 bits, but no scales that fit it",
    ]);
  });

  it("when a weight is no floating-point number", async () => {
    const path = makeModel();
    const tensors = [...encoderTensors(parsedConfig)].map(([name, shape]) => {
      const size = shape.reduce((total, extent) => total * extent, 1);
      return { name, type: "U8", shape, data: new Uint8Array(size) } as const;
    });
    writeSafetensors(join(path, "model.safetensors"), tensors);
    expect((await problemsOf(path))[0]).toMatch(/stored as U8/);
  });

  it("when its weights are truncated", async () => {
    const path = makeModel();
    const weights = join(path, "model.safetensors");
    truncateSync(weights, statSync(weights).size - 100);
    await expect(readModelDirectory(path)).rejects.toThrow(SafetensorsError);
    await expect(readModelDirectory(path)).rejects.toThrow(/truncated.*Get the file again/s);
  });
});
