import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { MissingTensorError, SafetensorsError, TensorTypeError } from "../errors.ts";
import { widenBfloat16, widenFloat16 } from "./floats.ts";
import {
  checkHeaderLength,
  parseSafetensorsHeader,
  prefixBytes,
  type SafetensorsHeader,
  type StoredType,
  type TensorEntry,
} from "./safetensors-header.ts";

const halfPrecisionChunkElements = 2 ** 19;
/** Smaller ones are read in less than a second. */
const largeFileBytes = 2 ** 28;
const lookedAtPages = 64;

/**
 * A safetensors file (https://github.com/huggingface/safetensors, format section of its README).
 * Only the header is kept in memory; each tensor is read from its own range, straight into its array.
 * Values are little-endian, as are all machines Idiolect runs on.
 */
export class Safetensors {
  readonly path: string;
  readonly entries: ReadonlyMap<string, TensorEntry>;
  readonly metadata: ReadonlyMap<string, string>;

  private constructor(path: string, header: SafetensorsHeader) {
    this.path = path;
    this.entries = header.entries;
    this.metadata = header.metadata;
  }

  /** Reads and checks the header. Throws {@link SafetensorsError} for a file that is truncated or hostile. */
  static open(path: string): Safetensors {
    return withFile(path, (file) => {
      const fileBytes = fstatSync(file).size;
      const prefix = readRange(path, file, 0, new BigUint64Array(1));
      const headerBytes = Number(prefix[0]);
      checkHeaderLength(path, headerBytes, fileBytes);
      const bytes = readRange(path, file, prefixBytes, new Uint8Array(headerBytes));
      return new Safetensors(path, parseSafetensorsHeader(path, bytes, fileBytes));
    });
  }

  /**
   * Whether a large file is zeros at most of the places that are looked at: one that was never written as a whole takes
   * no room on the disk, and as long to read as one that was.
   */
  isMostlyZeros(): boolean {
    return withFile(this.path, (file) => {
      const fileBytes = fstatSync(file).size;
      if (fileBytes < largeFileBytes) return false;
      const page = new Uint8Array(4096);
      const isZero = (at: number): boolean => {
        const offset = Math.floor(((fileBytes - page.length) * at) / (lookedAtPages - 1));
        return readRange(this.path, file, offset, page).every((byte) => byte === 0);
      };
      const zeros = Array.from({ length: lookedAtPages }, (_, at) => isZero(at)).filter((zero) => zero);
      return zeros.length > lookedAtPages / 2;
    });
  }

  /** The entry of `name`. Throws {@link MissingTensorError}. */
  entry(name: string): TensorEntry {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new MissingTensorError(this.path, name);
    return entry;
  }

  /** Values of an F32, F16 or BF16 tensor. Throws {@link TensorTypeError} for another type. */
  readFloats(name: string): Float32Array {
    const entry = this.entry(name);
    switch (entry.type) {
      case "F32":
        return this.#readInto(entry, new Float32Array(entry.lengthBytes / 4));
      case "F16":
        return this.#readHalves(entry, widenFloat16);
      case "BF16":
        return this.#readHalves(entry, widenBfloat16);
      default:
        throw new TensorTypeError(name, `its type ${entry.type} is no floating-point type that can be read.`);
    }
  }

  /** Values of an I8 tensor. Throws {@link TensorTypeError} for another type. */
  readInt8(name: string): Int8Array {
    return this.#readInto(this.#entryOfType(name, "I8"), new Int8Array(this.entry(name).lengthBytes));
  }

  /** Values of a U8 tensor. Throws {@link TensorTypeError} for another type. */
  readUint8(name: string): Uint8Array {
    return this.#readInto(this.#entryOfType(name, "U8"), new Uint8Array(this.entry(name).lengthBytes));
  }

  /** Values of an I64 tensor. Throws {@link TensorTypeError} for another type. */
  readInt64(name: string): BigInt64Array {
    return this.#readInto(
      this.#entryOfType(name, "I64"),
      new BigInt64Array(this.entry(name).lengthBytes / 8),
    );
  }

  #entryOfType(name: string, type: StoredType): TensorEntry {
    const entry = this.entry(name);
    if (entry.type !== type)
      throw new TensorTypeError(name, `it is stored as ${entry.type}, not as ${type}.`);
    return entry;
  }

  #readInto<T extends NodeJS.ArrayBufferView>(entry: TensorEntry, target: T): T {
    return withFile(this.path, (file) => readRange(this.path, file, entry.offsetBytes, target));
  }

  #readHalves(entry: TensorEntry, widen: (halves: Uint16Array, floats: Float32Array) => void): Float32Array {
    const floats = new Float32Array(entry.lengthBytes / 2);
    const chunk = new Uint16Array(Math.min(floats.length, halfPrecisionChunkElements));
    withFile(this.path, (file) => {
      for (let start = 0; start < floats.length; start += chunk.length) {
        const part = floats.subarray(start, start + chunk.length);
        const halves = chunk.subarray(0, part.length);
        widen(readRange(this.path, file, entry.offsetBytes + 2 * start, halves), part);
      }
    });
    return floats;
  }
}

function withFile<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, "r");
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** Fills `target` from `offsetBytes`. One read may return less than asked for, above all beyond 2 GiB. */
function readRange<T extends NodeJS.ArrayBufferView>(
  path: string,
  file: number,
  offsetBytes: number,
  target: T,
): T {
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(file, bytes, done, bytes.length - done, offsetBytes + done);
    if (read === 0)
      throw new SafetensorsError(
        path,
        `the file ends at byte ${offsetBytes + done}, before what its header promises.`,
      );
    done += read;
  }
  return target;
}
