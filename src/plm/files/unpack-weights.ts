import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { draftOf, publishFile } from "../cache/drafts.ts";
import { weightsFile } from "../cache/weight-cache-names.ts";
import type { Places } from "../cache/weight-cache-record.ts";
import { ModelDirectoryError } from "../errors.ts";
import { countNotFinite } from "./floats.ts";
import type { ModelDirectory } from "./model-directory.ts";
import { quantisedAxis, scaleName } from "./quantise.ts";

/** ONNX asks for offsets that a memory map can start at. */
const alignmentBytes = 4096;
/** Matrices [out, in] whose products may be computed in 8 bits. */
const encoderMatrix = /^encoder\.layer\..*\.weight$/;
/** Tables whose rows are picked, and which are large. */
const pickedTable = /^embeddings\.word_embeddings\.weight$/;

/** The 8-bit codes of a matrix, [out, in], or of a table, [rows, size]. */
export const codesName = (name: string): string => `${name} codes`;
/** The same turned, [in, out]. */
export const turnedName = (name: string): string => `${name} turned`;
/** Their scales, [out] or [rows]. */
export const scalesName = (name: string): string => `${name} scales`;

/** What was written. */
export interface UnpackedWeights {
  readonly places: Places;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes every tensor as float32, and what the model stores in 8 bits as these codes, too: matrices of the encoder as they are
 * and turned, the table of words as it is.
 * The file gets its name when it is complete and on disk, and is not written to afterwards: a process that has it
 * mapped would be ended by a file that becomes shorter. For the same reason nobody may write to it.
 * Throws ModelDirectoryError for numbers that are not finite.
 */
export async function unpackWeights(directory: ModelDirectory, folder: string): Promise<UnpackedWeights> {
  const path = join(folder, weightsFile);
  const draft = draftOf(path);
  const file = await open(draft, "w", 0o600);
  try {
    const written = await writeAll(directory, file);
    await file.chmod(process.platform === "win32" ? 0o600 : 0o400);
    await file.sync();
    await file.close();
    await publishFile(draft, path);
    return written;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeAll(directory: ModelDirectory, file: FileHandle): Promise<UnpackedWeights> {
  const places: Record<string, Places[string]> = {};
  const out = new HashedFile(file);
  const write = async (name: string, data: Float32Array | Int8Array): Promise<void> => {
    await out.pad(alignmentBytes);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    places[name] = { offsetBytes: out.bytes, lengthBytes: bytes.length };
    await out.write(bytes);
  };
  for (const name of directory.tensorNames()) {
    await write(name, finite(directory, name));
    const quantised = quantisedRows(directory, name);
    if (quantised === undefined) continue;
    await write(codesName(name), quantised.codes);
    if (encoderMatrix.test(name)) await write(turnedName(name), turnedCodes(quantised));
    await write(scalesName(name), quantised.scales);
  }
  return { places, bytes: out.bytes, sha256: out.digest() };
}

/** A file that is written from start to end, with the hash of what should be in it. */
class HashedFile {
  readonly #file: FileHandle;
  readonly #hash: Hash = createHash("sha256");
  #bytes = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#bytes + done);
      done += bytesWritten;
    }
    this.#bytes += bytes.length;
  }

  async pad(alignment: number): Promise<void> {
    await this.write(new Uint8Array((alignment - (this.#bytes % alignment)) % alignment));
  }

  digest(): string {
    return this.#hash.digest("hex");
  }
}

function finite(directory: ModelDirectory, name: string): Float32Array {
  const { data } = directory.tensor(name);
  const notFinite = countNotFinite(data);
  if (notFinite > 0) {
    const problem = `tensor ${name} holds ${notFinite} values that are no finite numbers`;
    throw new ModelDirectoryError(directory.path, [problem]);
  }
  return data;
}

interface QuantisedRows {
  /** [out, in] */
  readonly codes: Int8Array;
  /** [out] */
  readonly scales: Float32Array;
}

/** Of a matrix of the encoder or the table of words, if the model has 8 bits for it. */
function quantisedRows({ file, storedName }: ModelDirectory, name: string): QuantisedRows | undefined {
  const stored = storedName(name);
  if (stored === undefined || !(encoderMatrix.test(name) || pickedTable.test(name))) return undefined;
  const { type, shape } = file.entry(stored);
  if (type !== "I8" || quantisedAxis(shape, file.entry(scaleName(stored)).shape) !== 0) return undefined;
  return { codes: file.readInt8(stored), scales: file.readFloats(scaleName(stored)) };
}

/** [in, out] */
function turnedCodes({ codes, scales: { length: out } }: QuantisedRows): Int8Array {
  const into = codes.length / out;
  const turned = new Int8Array(codes.length);
  for (let row = 0; row < out; row++) {
    for (let column = 0; column < into; column++) turned[column * out + row] = codes[row * into + column]!;
  }
  return turned;
}
