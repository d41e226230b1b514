import { lstatSync, utimesSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Said, said, whole } from "../../said/said.ts";
import { PlmError, WeightCacheError } from "../errors.ts";
import type { ModelDirectory } from "../files/model-directory.ts";
import { unpackWeights } from "../files/unpack-weights.ts";
import { removeDeadDrafts } from "./drafts.ts";
import { sweepWeightCaches } from "./remove-weight-caches.ts";
import { cacheFolderName, cacheFormat, isCacheFileName, recordFile } from "./weight-cache-names.ts";
import {
  type CacheRecord,
  type FileStamp,
  hashOfWeights,
  isSameStamp,
  type Places,
  readRecord,
  stampOf,
  writeRecord,
} from "./weight-cache-record.ts";

/** How the unpacked weights were found. */
export type CacheOpening =
  | { readonly kind: "kept" }
  /** They were not there yet. */
  | { readonly kind: "made" }
  /** They were damaged and made anew; `fault` says in words what was wrong with them. */
  | { readonly kind: "repaired"; readonly fault: Said };

interface CacheState {
  readonly opening: CacheOpening;
  readonly places: Places;
  readonly stamp: FileStamp | undefined;
}

/**
 * The unpacked weights of one model, in a folder that processes and versions of Idiolect may share. They are made on
 * first use, and made anew where they are not what was written: each opening compares size, times and number of the
 * file with what was recorded, and all of its bytes where these differ.
 */
export class WeightCache {
  readonly folder: string;
  readonly #directory: ModelDirectory;
  readonly #cachePath: string;
  #state: CacheState;
  #looking: Promise<CacheState> | undefined;

  private constructor(directory: ModelDirectory, cachePath: string, state: CacheState) {
    this.#directory = directory;
    this.#cachePath = cachePath;
    this.folder = folderOf(directory, cachePath);
    this.#state = state;
  }

  /** Throws {@link WeightCacheError} where the folder cannot be used, ModelDirectoryError for numbers that are not finite. */
  static async open(directory: ModelDirectory, cachePath: string): Promise<WeightCache> {
    return new WeightCache(directory, cachePath, await openState(directory, cachePath));
  }

  /** The same for every cache of this model and layout. */
  get places(): Places {
    return this.#state.places;
  }

  /** How the weights were found when they were last looked for. */
  get opening(): CacheOpening {
    return this.#state.opening;
  }

  /** Whether the weights are the ones that were last found right. */
  get isUnchanged(): boolean {
    return isSameStamp(this.#state.stamp, stampOf(this.folder));
  }

  /** The folder with weights that are whole: to be asked for before each use, since others may touch them. */
  async usableFolder(): Promise<string> {
    if (!this.isUnchanged) {
      this.#looking ??= openState(this.#directory, this.#cachePath).finally(() => {
        this.#looking = undefined;
      });
      this.#state = await this.#looking;
    }
    return this.folder;
  }
}

const folderOf = ({ id }: ModelDirectory, cachePath: string): string => join(cachePath, cacheFolderName(id));

async function openState(directory: ModelDirectory, cachePath: string): Promise<CacheState> {
  const folder = folderOf(directory, cachePath);
  try {
    removeDeadDrafts(folder, isCacheFileName);
    const found = await findWeights(folder, directory.id);
    if (found.kind === "good") {
      if (markAsUsed(folder)) await sweepWeightCaches(cachePath, directory);
      return { ...found, opening: { kind: "kept" } };
    }
    const made = await makeWeights(directory, folder);
    await sweepWeightCaches(cachePath, directory);
    const opening = found.kind === "none" ? ({ kind: "made" } as const) : repairedFrom(found.fault);
    return { ...made, opening };
  } catch (cause) {
    throw cause instanceof PlmError ? cause : new WeightCacheError(folder, cause);
  }
}

const repairedFrom = (fault: Said): CacheOpening => ({ kind: "repaired", fault });

type FoundWeights =
  | ({ readonly kind: "good" } & Omit<CacheState, "opening">)
  | { readonly kind: "none" }
  | { readonly kind: "damaged"; readonly fault: Said };

async function findWeights(folder: string, modelId: string): Promise<FoundWeights> {
  const found = await readRecord(folder, modelId);
  if (found.kind === "none") return found;
  if (found.kind === "damaged")
    return { kind: "damaged", fault: said("the list of its weights was damaged") };
  const { record } = found;
  const { places } = record;
  const stamp = stampOf(folder);
  if (stamp === undefined) return { kind: "damaged", fault: said("its weights were missing") };
  if (isSameStamp(stamp, record.stamp)) return { kind: "good", places, stamp };
  if (stamp.bytes !== String(record.bytes)) {
    const [found, wanted] = [whole(Number(stamp.bytes)), whole(record.bytes)];
    return { kind: "damaged", fault: said("its weights had {0} bytes instead of {1}", found, wanted) };
  }
  const isRight = (await hashOfWeights(folder)) === record.sha256 && isSameStamp(stamp, stampOf(folder));
  if (!isRight) return { kind: "damaged", fault: said("its weights were not what had been written") };
  await stampAnew(folder, record);
  return { kind: "good", places, stamp };
}

/** The bytes are right, and the file system says something else of them: they were copied, or moved by a backup. */
async function stampAnew(folder: string, record: CacheRecord): Promise<void> {
  try {
    await writeRecord(folder, record);
  } catch {
    // A folder that may only be read: then the bytes are compared each time.
  }
}

/** Another process may take the folder away while it is filled: `forget` does, and so may the user. */
const attempts = 3;

async function makeWeights(
  directory: ModelDirectory,
  folder: string,
): Promise<Pick<CacheState, "places" | "stamp">> {
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const written = await unpackWeights(directory, folder);
      await writeRecord(folder, {
        format: cacheFormat,
        model: directory.id,
        from: resolve(directory.path),
        ...written,
      });
      return { places: written.places, stamp: stampOf(folder) };
    } catch (cause) {
      const isGone = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
      if (!isGone || attempt === attempts) throw cause;
    }
  }
}

const dayMs = 86_400_000;

/** Keeps the time of the last use in that of the record, to the day; true where a new day has begun. */
function markAsUsed(folder: string): boolean {
  const path = join(folder, recordFile);
  const usedMs = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Math.abs(Date.now() - usedMs) < dayMs) return false;
  try {
    utimesSync(path, new Date(), new Date());
    return true;
  } catch {
    // A folder that may only be read is nobody's to sweep.
    return false;
  }
}
