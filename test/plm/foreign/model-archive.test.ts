import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AdmZip from "adm-zip";
import onnxProto from "onnx-proto";
import { afterAll, describe, expect, it } from "vitest";
import { ModelArchiveError, OnnxModelError } from "../../../src/plm/errors.ts";
import { modelConfigSchema } from "../../../src/plm/files/model-config.ts";
import { readModelDirectory } from "../../../src/plm/files/model-directory.ts";
import { encoderTensors } from "../../../src/plm/files/tensor-shapes.ts";
import { withModelDirectory } from "../../../src/plm/foreign/model-archive.ts";
import { wordPieceFile } from "../../learner/tiny-model.ts";

const { onnx } = onnxProto;
const folder = mkdtempSync(join(tmpdir(), "idiolect-archive-"));
afterAll(() => rmSync(folder, { recursive: true }));

const config = modelConfigSchema.parse({
  model_type: "bert",
  vocab_size: 12,
  hidden_size: 8,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 6,
  max_position_embeddings: 10,
  layer_norm_eps: 1e-12,
  hidden_act: "gelu",
});

const bytesOf = (numbers: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(numbers).buffer);
const integer = (value: number): Uint8Array => new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
const constant = (name: string, dataType: number, rawData: Uint8Array) => ({
  opType: "Constant",
  name,
  output: [name],
  attribute: [{ name: "value", t: { dataType, rawData } }],
});

/** An encoder as PyTorch exports it: matrices turned and nameless, told by the products that read them. */
function exported({ without = "", activation = "Erf" } = {}): Buffer {
  const initializer: object[] = [
    { name: "embeddings.position_ids", dims: [1, 10], dataType: 7, rawData: new Uint8Array(80) },
  ];
  const node: object[] = [];
  for (const [number, [name, shape]] of [...encoderTensors(config)].entries()) {
    if (name === without) continue;
    const numbers = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => number + at / 1000);
    const isMatrix = shape.length === 2 && !name.startsWith("embeddings.");
    if (!isMatrix) {
      initializer.push({ name, dims: shape, dataType: 1, rawData: bytesOf(numbers) });
      continue;
    }
    const [out, into] = [shape[0]!, shape[1]!];
    const turned = Array.from(
      { length: numbers.length },
      (_, at) => numbers[(at % out) * into + Math.floor(at / out)]!,
    );
    const stored = `onnx::MatMul_${number}`;
    initializer.push({ name: stored, dims: [into, out], dataType: 1, rawData: bytesOf(turned) });
    const product = `/${name
      .replace(/\.weight$/, "")
      .replaceAll(".", "/")
      .replace("/layer/", "/layer.")}/MatMul`;
    node.push({ opType: "MatMul", name: product, input: ["x", stored], output: [`${product}_0`] });
  }
  node.push(
    constant("heads", 7, integer(4)),
    constant("size", 7, integer(2)),
    {
      opType: "Concat",
      name: "/encoder/layer.0/attention/self/Concat",
      input: ["b", "l", "heads", "size"],
      output: ["s"],
    },
    constant("epsilon", 1, bytesOf([1e-12])),
    { opType: "Add", name: "/embeddings/LayerNorm/Add", input: ["variance", "epsilon"], output: ["v"] },
    { opType: activation, name: "act", input: ["x"], output: ["y"] },
  );
  return Buffer.from(
    onnx.ModelProto.encode(onnx.ModelProto.create({ graph: { node, initializer } })).finish(),
  );
}

let made = 0;
function archive(files: Readonly<Record<string, Buffer | string>>): string {
  const zip = new AdmZip();
  for (const [name, content] of Object.entries(files)) zip.addFile(name, Buffer.from(content));
  const path = join(folder, `model-${made++}.jar`);
  zip.writeZip(path);
  return path;
}
const tokenizer = JSON.stringify(wordPieceFile(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a"]));

describe("a packed model", () => {
  it("is read with every tensor under its name, matrices turned back, and its shape from the graph", async () => {
    const path = archive({
      "e5.onnx": exported(),
      "e5-tokenizer.json": tokenizer,
      "META-INF/LICENSE.txt": "MIT",
    });
    let unpacked = "";
    await withModelDirectory(path, async (directory) => {
      unpacked = directory;
      const model = await readModelDirectory(directory);
      expect(model.config).toEqual(config);
      expect(model.heads).toEqual({ mlm: false, replacedTokens: false, sentiment: false });
      for (const [number, [name, shape]] of [...encoderTensors(config)].entries()) {
        const { data } = model.tensor(name);
        expect(model.tensor(name).shape, name).toEqual(shape);
        expect(
          data.every((value, at) => Math.abs(value - (number + at / 1000)) < 1e-4),
          name,
        ).toBe(true);
      }
      expect(readdirSync(directory).sort()).toEqual([
        "LICENSE.txt",
        "config.json",
        "model.safetensors",
        "tokenizer.json",
      ]);
    });
    expect(existsSync(unpacked)).toBe(false);
  });

  it.each([
    ["no ONNX file", { "tokenizer.json": tokenizer }, "it holds no ONNX file"],
    [
      "two ONNX files",
      { "a.onnx": "", "b.onnx": "", "tokenizer.json": tokenizer },
      "more than one ONNX file",
    ],
    ["no tokenizer", { "a.onnx": "" }, "it holds no tokenizer.json"],
  ])("with %s is refused", async (_, files, problem) => {
    const refused = withModelDirectory(archive(files), async () => undefined);
    await expect(refused).rejects.toThrow(ModelArchiveError);
    await expect(refused).rejects.toThrow(problem);
  });

  it.each([
    ["something else", Buffer.from("no protobuf at all"), /not an ONNX file|has no graph/],
    [
      "a part less",
      exported({ without: "encoder.layer.1.output.dense.weight" }),
      /dense\.weight \[8, 6\] is missing/,
    ],
    ["another activation", exported({ activation: "Relu" }), /not the exact GELU/],
  ])("with %s in its ONNX file is refused by name", async (_, model, problem) => {
    const path = archive({ "a.onnx": model, "tokenizer.json": tokenizer });
    const refused = withModelDirectory(path, async () => undefined);
    await expect(refused).rejects.toThrow(OnnxModelError);
    await expect(refused).rejects.toThrow(problem);
  });

  it("that is no archive is refused, and a directory is used as it is", async () => {
    const path = join(folder, "broken.zip");
    writeFileSync(path, "no archive");
    await expect(withModelDirectory(path, async () => undefined)).rejects.toThrow("not a ZIP archive");
    expect(await withModelDirectory(folder, async (directory) => directory)).toBe(folder);
  });
});
