import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { shapeText } from "../../graph/dimension.ts";
import { TensorTypeError } from "../errors.ts";
import { elementBytes, elementCount, prefixBytes } from "./safetensors-header.ts";

/** A tensor to be written. `data` is row-major, as long as the product of `shape`. */
export type StoredTensor = { readonly name: string; readonly shape: readonly number[] } & (
  | { readonly type: "F32"; readonly data: Float32Array }
  | { readonly type: "F16"; readonly data: Uint16Array }
  | { readonly type: "I8"; readonly data: Int8Array }
  | { readonly type: "U8"; readonly data: Uint8Array }
  | { readonly type: "I64"; readonly data: BigInt64Array }
);

/**
 * Writes tensors as a safetensors file, in place of what was there only once it is complete.
 * The largest element types come first, then by name, so that every tensor is aligned and the bytes are repeatable.
 */
export function writeSafetensors(
  path: string,
  tensors: readonly StoredTensor[],
  metadata: Readonly<Record<string, string>> = {},
): void {
  const ordered = tensors.toSorted(
    (a, b) => elementBytes[b.type] - elementBytes[a.type] || (a.name < b.name ? -1 : 1),
  );
  const header = encodeHeader(ordered, metadata);
  const draft = `${path}.${process.pid}.draft`;
  try {
    writeParts(draft, [header, ...ordered.map(({ data }) => data)]);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function encodeHeader(
  tensors: readonly StoredTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const entries: [string, unknown][] = [["__metadata__", { format: "pt", ...metadata }]];
  const names = new Set<string>(["__metadata__"]);
  let offset = 0;
  for (const { name, type, shape, data } of tensors) {
    if (names.has(name)) throw new TensorTypeError(name, "the name is used twice.");
    names.add(name);
    if (data.length !== elementCount(shape)) {
      throw new TensorTypeError(name, `${data.length} values do not fill the shape ${shapeText(shape)}.`);
    }
    entries.push([name, { dtype: type, shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const paddedBytes = Math.ceil(json.length / prefixBytes) * prefixBytes;
  const header = new Uint8Array(prefixBytes + paddedBytes).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(paddedBytes), true);
  header.set(json, prefixBytes);
  return header;
}

function writeParts(path: string, parts: readonly ArrayBufferView[]): void {
  const file = openSync(path, "w");
  try {
    for (const { buffer, byteOffset, byteLength } of parts) {
      writeAll(file, new Uint8Array(buffer, byteOffset, byteLength));
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done);
}
