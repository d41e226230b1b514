import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MissingTensorError, SafetensorsError, TensorTypeError } from "../../../src/plm/errors.ts";
import { narrowToFloat16 } from "../../../src/plm/files/floats.ts";
import { Safetensors } from "../../../src/plm/files/safetensors.ts";
import { type StoredTensor, writeSafetensors } from "../../../src/plm/files/write-safetensors.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "idiolect-safetensors-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** A file with any header, true or not, before `dataBytes` zeros. */
function fileWith(header: unknown, dataBytes = 0, claimedHeaderBytes?: number): string {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimedHeaderBytes ?? json.length), true);
  bytes.set(json, 8);
  const path = join(directory, "hostile.safetensors");
  writeFileSync(path, bytes);
  return path;
}

function floats(begin: number, end: number, shape = [(end - begin) / 4]): Record<string, unknown> {
  return { dtype: "F32", shape, data_offsets: [begin, end] };
}

describe("a safetensors file", () => {
  it("comes back as it was written, of every type", () => {
    const path = join(directory, "all.safetensors");
    writeSafetensors(
      path,
      [
        { name: "bytes", type: "U8", shape: [3], data: Uint8Array.of(0, 127, 255) },
        { name: "codes", type: "I8", shape: [1, 3], data: Int8Array.of(-127, 0, 127) },
        { name: "floats", type: "F32", shape: [2, 2], data: Float32Array.of(1, -2.5, 1e-30, 3) },
        { name: "halves", type: "F16", shape: [2], data: narrowToFloat16(Float32Array.of(0.5, -65504)) },
        { name: "ids", type: "I64", shape: [2], data: BigInt64Array.of(-1n, 2n ** 62n) },
        { name: "scalar", type: "F32", shape: [], data: Float32Array.of(7) },
        { name: "nothing", type: "F32", shape: [0, 4], data: new Float32Array(0) },
      ],
      { writer: "ada" },
    );
    const file = Safetensors.open(path);
    expect(file.metadata).toEqual(
      new Map([
        ["format", "pt"],
        ["writer", "ada"],
      ]),
    );
    expect(file.readUint8("bytes")).toEqual(Uint8Array.of(0, 127, 255));
    expect(file.readInt8("codes")).toEqual(Int8Array.of(-127, 0, 127));
    expect(file.readFloats("floats")).toEqual(Float32Array.of(1, -2.5, 1e-30, 3));
    expect(file.readFloats("halves")).toEqual(Float32Array.of(0.5, -65504));
    expect(file.readInt64("ids")).toEqual(BigInt64Array.of(-1n, 2n ** 62n));
    expect(file.readFloats("scalar")).toEqual(Float32Array.of(7));
    expect(file.readFloats("nothing")).toHaveLength(0);
    expect(file.entry("codes").shape).toEqual([1, 3]);
  });

  it("aligns every tensor to its element size", () => {
    const path = join(directory, "aligned.safetensors");
    writeSafetensors(path, [
      { name: "a", type: "I8", shape: [3], data: new Int8Array(3) },
      { name: "b", type: "I64", shape: [1], data: new BigInt64Array(1) },
      { name: "c", type: "F32", shape: [1], data: new Float32Array(1) },
    ]);
    const { entries } = Safetensors.open(path);
    expect(entries.get("b")!.offsetBytes % 8).toBe(0);
    expect(entries.get("c")!.offsetBytes % 4).toBe(0);
  });

  it("round-trips any floats and names, in the same bytes whatever their order", () => {
    const named = fc.tuple(fc.string({ unit: "grapheme" }), fc.float32Array({ maxLength: 8 }));
    const tensors = fc.uniqueArray(named, { selector: ([name]) => name, maxLength: 5 });
    fc.assert(
      fc.property(tensors, (pairs) => {
        const stored = pairs
          .filter(([name]) => name !== "__metadata__")
          .map(([name, data]): StoredTensor => ({ name, type: "F32", shape: [data.length], data }));
        const path = join(directory, "any.safetensors");
        writeSafetensors(path, stored);
        const bytes = readFileSync(path);
        const file = Safetensors.open(path);
        for (const { name, data } of stored) expect(file.readFloats(name)).toEqual(data);
        writeSafetensors(path, stored.toReversed());
        expect(readFileSync(path).equals(bytes)).toBe(true);
      }),
      { seed: 3 },
    );
  });

  it("reads what Hugging Face's library wrote", () => {
    const file = Safetensors.open(join(import.meta.dirname, "../../golden/tiny-bert/model.safetensors"));
    expect(file.entry("bert.embeddings.word_embeddings.weight").shape).toEqual([50, 16]);
    const scale = file.readFloats("bert.embeddings.LayerNorm.weight");
    expect(scale.every((value) => value > -1 && value < 3)).toBe(true);
  });

  it("widens bfloat16", () => {
    const path = fileWith({ x: { dtype: "BF16", shape: [2], data_offsets: [0, 4] } }, 4);
    const bytes = readFileSync(path);
    bytes.writeUInt16LE(0x3f80, bytes.length - 4);
    bytes.writeUInt16LE(0xc040, bytes.length - 2);
    writeFileSync(path, bytes);
    expect(Safetensors.open(path).readFloats("x")).toEqual(Float32Array.of(1, -3));
  });

  it("says which tensor it does not have, or has in another type", () => {
    const file = Safetensors.open(fileWith({ x: floats(0, 8) }, 8));
    expect(() => file.readFloats("y")).toThrow(MissingTensorError);
    expect(() => file.readInt8("x")).toThrow(/x: it is stored as F32, not as I8/);
  });

  it("is not replaced when its new content is wrong", () => {
    const path = join(directory, "kept.safetensors");
    writeSafetensors(path, [{ name: "x", type: "F32", shape: [1], data: Float32Array.of(1) }]);
    const wrong: StoredTensor = { name: "x", type: "F32", shape: [2], data: Float32Array.of(1) };
    expect(() => writeSafetensors(path, [wrong])).toThrow(TensorTypeError);
    expect(() => writeSafetensors(join(directory, "no", "such", "x"), [])).toThrow(/ENOENT/);
    expect(Safetensors.open(path).readFloats("x")).toEqual(Float32Array.of(1));
    expect(readdirSync(directory).filter((name) => name.endsWith(".draft"))).toEqual([]);
  });

  it("refuses two tensors of one name", () => {
    const one: StoredTensor = { name: "x", type: "F32", shape: [1], data: Float32Array.of(1) };
    expect(() => writeSafetensors(join(directory, "twice"), [one, one])).toThrow(/used twice/);
  });
});

describe("a hostile safetensors file is refused", () => {
  it.each<[string, () => string, RegExp]>([
    ["when it is empty", () => fileAt("empty", ""), /ends at byte 0/],
    ["when it is text", () => fileAt("text", "a plain text, not a model"), /header says it is \d+ bytes/],
    ["when its header would fill the memory", () => fileWith({}, 0, 2 ** 40), /16777216 is the most/],
    ["when its header is longer than the file", () => fileWith({}, 0, 1000), /should have 1000 bytes/],
    ["when its header is not JSON", () => fileWith("{ not JSON"), /header is not JSON/],
    ["when its header is no object", () => fileWith("[1]"), /header is malformed/],
    ["when a type is unknown", () => fileWith({ x: { ...floats(0, 4), dtype: "F7" } }, 4), /x is malformed/],
    ["when an extent is negative", () => fileWith({ x: floats(0, 4, [-1]) }, 4), /x is malformed/],
    ["when an extent is no integer", () => fileWith({ x: floats(0, 4, [0.5]) }, 4), /x is malformed/],
    [
      "when a shape does not fit its range",
      () => fileWith({ x: floats(0, 4, [2]) }, 4),
      /needs 8 bytes.* has 4/,
    ],
    [
      "when a shape is too large to count",
      () => fileWith({ x: floats(0, 4, [2 ** 50, 2 ** 50]) }, 4),
      /needs 5\.07/,
    ],
    ["when a range runs backwards", () => fileWith({ x: floats(8, 4, [1]) }, 8), /has -4/],
    ["when a range ends outside", () => fileWith({ x: floats(0, 8) }, 4), /truncated/],
    ["when a range starts outside", () => fileWith({ x: floats(2 ** 40, 2 ** 40 + 4) }, 4), /leaves a hole/],
    ["when tensors overlap", () => fileWith({ x: floats(0, 8), y: floats(4, 12) }, 12), /y overlaps/],
    [
      "when tensors are the same bytes",
      () => fileWith({ x: floats(0, 8), y: floats(0, 8) }, 8),
      /y overlaps/,
    ],
    [
      "when bytes hide between tensors",
      () => fileWith({ x: floats(0, 4), y: floats(8, 12) }, 12),
      /y leaves a hole/,
    ],
    ["when bytes hide at the end", () => fileWith({ x: floats(0, 4) }, 8), /more in it than its header says/],
    [
      "when its metadata are no texts",
      () => fileWith({ __metadata__: { a: 1 } }),
      /__metadata__ is malformed/,
    ],
  ])("%s", (_when, make, message) => {
    const path = make();
    expect(() => Safetensors.open(path)).toThrow(message);
    expect(() => Safetensors.open(path)).toThrow(SafetensorsError);
  });

  it("when it is cut off after it was opened", () => {
    const path = join(directory, "cut.safetensors");
    writeSafetensors(path, [{ name: "x", type: "F32", shape: [4], data: new Float32Array(4) }]);
    const file = Safetensors.open(path);
    truncateSync(path, statSync(path).size - 4);
    expect(() => file.readFloats("x")).toThrow(SafetensorsError);
  });

  it("or opened without harm, whatever its bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const path = join(directory, "fuzz.safetensors");
        writeFileSync(path, bytes);
        expect(() => Safetensors.open(path)).toThrow(SafetensorsError);
      }),
      { seed: 4 },
    );
  });

  function fileAt(name: string, content: string): string {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  }
});
