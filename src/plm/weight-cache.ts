import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ModelDirectoryError } from "./errors.ts";
import { countNotFinite } from "./finite.ts";
import type { ModelDirectory } from "./model-directory.ts";
import { quantisedAxis, scaleName } from "./quantise.ts";

/** Where a weight lies in the file of all weights. */
interface Place {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** By name of the tensor. */
export type Places = Readonly<Record<string, Place>>;

/**
 * All weights of a model one after the other, little-endian. Both names change with the layout: a process of
 * an earlier version that has the places of the former file open must go on finding that file.
 */
export const weightsFile = "weights-2.bin";
const placesFile = "weights-2.json";
/** ONNX asks for offsets that a memory map can start at. */
const alignmentBytes = 4096;
/** Matrices [out, in] whose products may be computed in 8 bits. */
const encoderMatrix = /^encoder\.layer\..*\.weight$/;

/** The 8-bit codes of a matrix [out, in], turned: [in, out]. */
export const codesName = (name: string): string => `${name} codes`;
/** Their scales, [out]. */
export const scalesName = (name: string): string => `${name} scales`;

/**
 * Writes the weights of a model to a folder where they are not there yet, and returns their places: every
 * tensor as float32, and matrices of the encoder that the model stores in 8 bits as these codes, too. The
 * list of places is written last and makes the folder valid.
 * Throws ModelDirectoryError for numbers that are not finite.
 */
export async function openWeightCache(directory: ModelDirectory, folder: string): Promise<Places> {
  const list = join(folder, placesFile);
  if (!existsSync(list)) {
    await mkdir(folder, { recursive: true });
    const places = await writeWeights(directory, folder);
    const draft = draftOf(list);
    await writeFile(draft, JSON.stringify(places));
    await rename(draft, list);
  }
  return JSON.parse(await readFile(list, "utf8")) as Places;
}

/** Where a file is written before it takes its name, so that nobody sees half of it. */
export const draftOf = (path: string): string => `${path}.${randomUUID()}.draft`;

async function writeWeights(directory: ModelDirectory, folder: string): Promise<Places> {
  const draft = draftOf(join(folder, weightsFile));
  const file = await open(draft, "w");
  try {
    const places = await writeAll(directory, file);
    await file.sync();
    await file.close();
    await rename(draft, join(folder, weightsFile));
    return places;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeAll(directory: ModelDirectory, file: FileHandle): Promise<Places> {
  const places: Record<string, Place> = {};
  let offsetBytes = 0;
  const write = async (name: string, data: Float32Array | Int8Array): Promise<void> => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    await file.write(bytes, 0, bytes.length, offsetBytes);
    places[name] = { offsetBytes, lengthBytes: bytes.length };
    offsetBytes = Math.ceil((offsetBytes + bytes.length) / alignmentBytes) * alignmentBytes;
  };
  for (const name of directory.tensorNames()) {
    await write(name, finite(directory, name));
    const quantised = quantisedMatrix(directory, name);
    if (quantised !== undefined) {
      await write(codesName(name), quantised.codes);
      await write(scalesName(name), quantised.scales);
    }
  }
  return places;
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

/** Codes [in, out] and scales [out] of a matrix of the encoder, if the model has 8 bits for it. */
function quantisedMatrix({ file, storedName }: ModelDirectory, name: string) {
  const stored = storedName(name);
  if (stored === undefined || !encoderMatrix.test(name)) return undefined;
  const { type, shape } = file.entry(stored);
  if (type !== "I8" || quantisedAxis(shape, file.entry(scaleName(stored)).shape) !== 0) return undefined;
  const [out, into] = shape as [number, number];
  const codes = file.readInt8(stored);
  const turned = Int8Array.from(codes, (_, at) => codes[(at % out) * into + Math.floor(at / out)]!);
  return { codes: turned, scales: file.readFloats(scaleName(stored)) };
}
