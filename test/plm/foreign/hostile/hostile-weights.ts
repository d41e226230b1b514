import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { quantise, scaleName } from "../../../../src/plm/files/quantise.ts";
import type { StoredTensor } from "../../../../src/plm/files/write-safetensors.ts";
import {
  editHeader,
  type HostileFolder,
  type Json,
  nested,
  rewriteWeights,
  weightsOf,
  writeRaw,
} from "./hostile-folder.ts";

const terabytes = 7 * 2 ** 40;
const norm = "bert.embeddings.LayerNorm.weight";
const table = "bert.embeddings.word_embeddings.weight";

const raw = (
  name: string,
  header: string | Uint8Array | (() => string),
  dataBytes = 0,
  claimed?: bigint,
): HostileFolder => ({
  name,
  spoil: (path) => {
    const text = typeof header === "function" ? header() : header;
    writeRaw(weightsOf(path), text, dataBytes, claimed);
  },
});

const entry = (name: string, change: (tensor: Json) => void): HostileFolder => ({
  name,
  spoil: (path) => editHeader(path, (json) => change(json[norm] as Json)),
});

const values = (
  name: string,
  change: (tensor: StoredTensor & { readonly type: "F32" }) => readonly StoredTensor[],
): HostileFolder => ({ name, spoil: (path) => rewriteWeights(path, change) });

const spread =
  (bits: number): HostileFolder["spoil"] =>
  (path) =>
    rewriteWeights(path, (tensor) => {
      if (tensor.name !== norm) return [tensor];
      const { name, shape, data } = tensor;
      return [
        { name, shape, type: "F16", data: Uint16Array.from(data, (_, at) => (at === 3 ? bits : 0x3c00)) },
      ];
    });

/** Weights that are cut, claim what is not there, or are no numbers. */
export const hostileWeights: readonly HostileFolder[] = [
  { name: "weights of no bytes", spoil: (path) => writeFileSync(weightsOf(path), "") },
  { name: "weights of seven bytes", spoil: (path) => writeFileSync(weightsOf(path), "abcdefg") },
  { name: "weights that lack their last byte", spoil: (path) => cut(path, (size) => size - 1) },
  { name: "half of the weights", spoil: (path) => cut(path, (size) => size >> 1) },
  { name: "weights with a header and no data", spoil: (path) => cut(path, () => 4_000) },
  { name: "bytes after the weights", spoil: (path) => cut(path, (size) => size + 1) },
  raw("a header as long as nothing can be", "{}", 0, 2n ** 64n - 1n),
  raw("a header of terabytes", "{}", 0, BigInt(terabytes)),
  raw("a header longer than the file", "{}", 0, 1_000n),
  raw("a header larger than any", "{}", 2 ** 25, BigInt(2 ** 24 + 1)),
  raw("a header that is no JSON", '{"a":', 0),
  raw("a header that is a list", "[]", 0),
  raw("a header that is nothing", "null", 0),
  raw("a header that is no text", Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d)),
  raw("a header of lists in lists", () => nested("[", "]", 8_000_000)),
  raw("a header of objects in objects", () => nested('{"a":', "}", 2_500_000, "1")),
  raw("a header with millions of wrong remarks", () => `{"__metadata__":{${wrongRemarks()}}}`),
  raw("a header with a list of remarks", '{"__metadata__":["pt"]}'),
  raw("a header with hundreds of thousands of empty tensors", () => `{${emptyTensors(200_000)}}`),
  raw("a header with hundreds of thousands of wrong tensors", () => `{${wrongTensors(500_000)}}`),
  raw(
    "a tensor of millions of dimensions",
    () => `{"x":{"dtype":"F32","shape":[${"1,".repeat(7_000_000)}1],"data_offsets":[0,4]}}`,
    4,
  ),
  raw(
    "a tensor of millions of wrong dimensions",
    () => `{"x":{"dtype":"F32","shape":[${'"",'.repeat(5_000_000)}1],"data_offsets":[0,4]}}`,
    4,
  ),
  raw(
    "a tensor of terabytes",
    `{"x":{"dtype":"F32","shape":[${terabytes / 4}],"data_offsets":[0,${terabytes}]}}`,
  ),
  entry("a shape beyond all numbers", (tensor) => Object.assign(tensor, { shape: [2 ** 52, 2 ** 52] })),
  entry("a shape of nothing times everything", (tensor) => Object.assign(tensor, { shape: [0, 2 ** 52] })),
  entry("a shape below zero", (tensor) => Object.assign(tensor, { shape: [-16] })),
  entry("a shape of half a number", (tensor) => Object.assign(tensor, { shape: [15.5] })),
  entry("a range that ends before it starts", (tensor) => Object.assign(tensor, { data_offsets: [64, 0] })),
  entry("a range below zero", (tensor) => Object.assign(tensor, { data_offsets: [-64, 0] })),
  entry("a tensor that lies on another", (tensor) => Object.assign(tensor, { data_offsets: [0, 64] })),
  entry("a tensor of an unknown type", (tensor) => Object.assign(tensor, { dtype: "F8_E4M3" })),
  entry("a tensor of the type 'constructor'", (tensor) => Object.assign(tensor, { dtype: "constructor" })),
  entry("a tensor of whole numbers", (tensor) => Object.assign(tensor, { dtype: "I32" })),
  {
    name: "a hole between the tensors",
    spoil: (path) => editHeader(path, (json) => delete json[norm]),
  },
  {
    name: "one name for two tensors",
    spoil: (path) =>
      editHeader(
        path,
        () => undefined,
        (text) => text.replaceAll('attention.self.key.bias"', 'attention.self.value.bias"'),
      ),
  },
  {
    name: "a tensor named __proto__",
    spoil: (path) =>
      editHeader(
        path,
        () => undefined,
        (text) => text.replace(norm, "__proto__"),
      ),
  },
  values("no encoder", (tensor) => (tensor.name.includes(".layer.") ? [] : [tensor])),
  values("a matrix on its side", (tensor) =>
    tensor.name.endsWith("intermediate.dense.weight") ? [{ ...tensor, shape: [16, 32] }] : [tensor],
  ),
  values("NaN in a weight", (tensor) => [withValue(tensor, Number.NaN)]),
  values("∞ in a weight", (tensor) => [withValue(tensor, Number.POSITIVE_INFINITY)]),
  { name: "NaN in a weight of 16 bits", spoil: spread(0x7e01) },
  { name: "∞ in a weight of 16 bits", spoil: spread(0xfc00) },
  values("8 bits without scales", (tensor) => inBytes(tensor, () => [])),
  values("8 bits with scales of another shape", (tensor) =>
    inBytes(tensor, (scale) => [{ ...scale, shape: [1, ...scale.shape.slice(0, 1), 1] }]),
  ),
  values("8 bits with a scale of NaN", (tensor) =>
    inBytes(tensor, (scale) => [{ ...scale, data: scale.data.fill(Number.NaN, 0, 1) }]),
  ),
  values("weights that are all zero", (tensor) => [
    { ...tensor, data: new Float32Array(tensor.data.length) },
  ]),
  values("weights that are all the same", (tensor) => [{ ...tensor, data: tensor.data.fill(0.5) }]),
  values("weights so large that every reading is NaN", (tensor) => [
    { ...tensor, data: tensor.data.fill(3e38) },
  ]),
  values("the same part twice", (tensor) =>
    tensor.name === norm ? [tensor, { ...tensor, name: norm.replace("bert.", "") }] : [tensor],
  ),
  {
    name: "a tensor of 60 gigabytes that nobody uses",
    spoil: (path) => addSparseTensor(path, 60 * 2 ** 30),
  },
  {
    name: "a tensor of 3 gigabytes that nobody uses",
    spoil: (path) => addSparseTensor(path, 3 * 2 ** 30),
  },
  { name: "weights larger than any model", spoil: (path) => truncateSync(weightsOf(path), 2 ** 37) },
];

function cut(path: string, to: (size: number) => number): void {
  truncateSync(weightsOf(path), to(readFileSync(weightsOf(path)).length));
}

function withValue(tensor: StoredTensor & { readonly type: "F32" }, value: number): StoredTensor {
  if (tensor.name.endsWith("layer.1.output.dense.weight")) tensor.data[7] = value;
  return tensor;
}

type Scale = StoredTensor & { readonly type: "F32" };

function inBytes(
  tensor: StoredTensor & { readonly type: "F32" },
  scales: (scale: Scale) => readonly StoredTensor[],
): readonly StoredTensor[] {
  const { name, shape, data } = tensor;
  if (name !== table) return [tensor];
  const quantised = quantise(data, shape, 0);
  const scale = {
    name: scaleName(name),
    shape: [shape[0]!, 1],
    type: "F32",
    data: quantised.scales,
  } as const;
  return [{ name, shape, type: "I8", data: quantised.codes }, ...scales(scale)];
}

/** The file grows by bytes that were never written: it takes no room on the disk. */
function addSparseTensor(path: string, bytes: number): void {
  editHeader(path, (json) => {
    const ends = Object.entries(json).map(([name, tensor]) =>
      name === "__metadata__" ? 0 : (tensor as { data_offsets: [number, number] }).data_offsets[1],
    );
    const end = Math.max(...ends);
    json["pooler.of.nobody"] = { dtype: "U8", shape: [bytes], data_offsets: [end, end + bytes] };
  });
  cut(path, (size) => size + bytes);
}

function wrongRemarks(): string {
  return Array.from({ length: 1_200_000 }, (_, at) => `"${at}":1`).join();
}

function emptyTensors(count: number): string {
  const names = Array.from({ length: count }, (_, at) => `"t${at}"`);
  return names.map((name) => `${name}:{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`).join();
}

function wrongTensors(count: number): string {
  return Array.from({ length: count }, (_, at) => `"t${at}":{"a":"b"}`).join();
}
