import { z } from "zod";
import { shapeText } from "../../graph/dimension.ts";
import { SafetensorsError } from "../errors.ts";
import { notJson, parseJson } from "./parse-json.ts";

/** Element types that BERT models and profiles are stored in, with the bytes of one element. */
export const elementBytes = {
  F64: 8,
  I64: 8,
  F32: 4,
  I32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;

export type StoredType = keyof typeof elementBytes;

/** Where a tensor lies in its file. */
export interface TensorEntry {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: readonly number[];
  /** From the start of the file. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** A header of a BERT model has about 20 kB; more than this would be an attack on memory. */
const maximumHeaderBytes = 16 * 2 ** 20;
/** Four for each tensor: more than any model has. */
const maximumEntries = 100_000;
/** The file starts with the header's length, as an unsigned 64-bit integer. */
export const prefixBytes = 8;
const dimension = z.int().nonnegative();
const entrySchema = z.strictObject({
  dtype: z.enum(Object.keys(elementBytes) as [StoredType, ...StoredType[]]),
  shape: z.array(dimension).max(8),
  data_offsets: z.tuple([dimension, dimension]),
});
/** By hand, since zod's own object schemas drop a tensor named `__proto__`. */
const objectSchema = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "it is no object",
);
/** By hand, too: zod would list each of a million wrong remarks, which takes seconds and gigabytes. */
const metadataSchema = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string"),
  "it is no object of texts",
);

export interface SafetensorsHeader {
  readonly entries: ReadonlyMap<string, TensorEntry>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Checks the length a file claims for its header, before anything of that size is allocated. */
export function checkHeaderLength(path: string, headerBytes: number, fileBytes: number): void {
  if (headerBytes > maximumHeaderBytes) {
    throw new SafetensorsError(
      path,
      `the header says it is ${headerBytes} bytes long; ${maximumHeaderBytes} is the most.`,
    );
  }
  if (prefixBytes + headerBytes > fileBytes) {
    throw new SafetensorsError(
      path,
      `the header should have ${headerBytes} bytes, but the file has only ${fileBytes}.`,
    );
  }
}

/**
 * Parses the JSON header `bytes` of a file of `fileBytes`.
 * Throws {@link SafetensorsError} unless every tensor has a known type, a range that fits its shape, and all
 * of them together fill the file without overlap or hole.
 */
export function parseSafetensorsHeader(
  path: string,
  bytes: Uint8Array,
  fileBytes: number,
): SafetensorsHeader {
  const dataStart = prefixBytes + bytes.length;
  const metadata = new Map<string, string>();
  const entries = new Map<string, TensorEntry>();
  for (const [name, value] of Object.entries(parseJsonObject(path, bytes))) {
    if (name === "__metadata__") {
      const texts = parseOrThrow(path, name, metadataSchema, value);
      for (const [key, text] of Object.entries(texts)) metadata.set(key, text);
    } else entries.set(name, parseEntry(path, name, value, dataStart));
  }
  checkLayout(path, [...entries.values()], dataStart, fileBytes);
  return { entries, metadata };
}

function parseJsonObject(path: string, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = parseJson(bytes, maximumEntries);
  } catch (cause) {
    throw new SafetensorsError(path, `the header ${notJson(cause)}.`, { cause });
  }
  return parseOrThrow(path, "the header", objectSchema, header);
}

function parseEntry(path: string, name: string, value: unknown, dataStart: number): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = parseOrThrow(path, name, entrySchema, value);
  const [begin, end] = offsets;
  const expectedBytes = elementCount(shape) * elementBytes[dtype];
  if (end - begin !== expectedBytes) {
    throw new SafetensorsError(
      path,
      `tensor ${name} of ${dtype} ${shapeText(shape)} needs ${expectedBytes} bytes, but its range has ${end - begin}.`,
    );
  }
  return { name, type: dtype, shape, offsetBytes: dataStart + begin, lengthBytes: expectedBytes };
}

/** Tensors must fill the data without overlap or hole, or two names could share bytes and bytes could hide. */
function checkLayout(
  path: string,
  entries: readonly TensorEntry[],
  dataStart: number,
  fileBytes: number,
): void {
  const byOffset = entries.toSorted((a, b) => a.offsetBytes - b.offsetBytes || a.lengthBytes - b.lengthBytes);
  let position = dataStart;
  for (const { name, offsetBytes, lengthBytes } of byOffset) {
    if (offsetBytes !== position) {
      const fault = offsetBytes < position ? "overlaps the tensor before it" : "leaves a hole before it";
      throw new SafetensorsError(path, `tensor ${name} ${fault}, at byte ${offsetBytes}.`);
    }
    position += lengthBytes;
  }
  if (position !== fileBytes) {
    const fault = position > fileBytes ? "it is truncated" : "there is more in it than its header says";
    throw new SafetensorsError(
      path,
      `the tensors need ${position} bytes, the file has ${fileBytes}: ${fault}.`,
    );
  }
}

function parseOrThrow<T>(path: string, what: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SafetensorsError(path, `${what} is malformed: ${z.prettifyError(parsed.error)}.`, {
    cause: parsed.error,
  });
}

/** Number of elements of a shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((total, size) => total * size, 1);
}
