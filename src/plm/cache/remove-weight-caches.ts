import { existsSync, lstatSync, rmdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { ModelDirectory } from "../files/model-directory.ts";
import { entriesOf, removeDeadDrafts } from "./drafts.ts";
import {
  cacheFolderName,
  formerBaseFolder,
  isCacheFileName,
  isCacheFolderName,
} from "./weight-cache-names.ts";
import { unpackedFrom } from "./weight-cache-record.ts";

/** What became of the unpacked weights. */
export interface RemovedCaches {
  /** The folders that are gone, each of one model. */
  readonly folders: readonly string[];
  /** Of all files that are gone. */
  readonly bytes: number;
  /** Files and folders of ours that could not be removed: on Windows those that another process has mapped. */
  readonly left: readonly string[];
}

/**
 * Removes the unpacked weights of all models, of earlier versions too, and the folder that held them once it is
 * empty. What bears no name of ours is another's and stays. A process that reads with a model meanwhile goes on, and
 * makes a new cache when it next opens one.
 */
export function removeWeightCaches(cachePath: string): RemovedCaches {
  const folders: string[] = [];
  const left: string[] = [];
  let bytes = 0;
  for (const folder of cacheFolders(cachePath)) {
    const removed = removeCacheFolder(folder);
    bytes += removed.bytes;
    left.push(...removed.left);
    if (removed.isGone) folders.push(folder);
  }
  tried(() => rmdirSync(cachePath));
  return { folders, bytes, left };
}

/** A cache that nobody has opened for this long is one of a model or a version that is gone. */
const unusedMs = 30 * 86_400_000;

/**
 * Removes unpacked weights that no version of Idiolect has used for 30 days, at once those of a model in whose place
 * another lies now or none, as after an update, and drafts of processes that were ended while they wrote. Other weights in
 * use are not touched: their time of use is renewed each day.
 */
export async function sweepWeightCaches(cachePath: string, model: ModelDirectory): Promise<void> {
  const own = join(cachePath, cacheFolderName(model.id));
  for (const folder of cacheFolders(cachePath).filter((one) => one !== own)) {
    removeDeadDrafts(folder, isCacheFileName);
    const isOld = Date.now() - lastUseMs(folder) > unusedMs;
    if (isOld || (await isReplaced(folder, model))) removeCacheFolder(folder);
  }
}

async function isReplaced(folder: string, { path }: Pick<ModelDirectory, "path">): Promise<boolean> {
  if (basename(folder) === formerBaseFolder) return true;
  const from = await unpackedFrom(folder);
  return from !== undefined && (from === resolve(path) || !existsSync(from));
}

/** A folder that cannot be looked into is left alone. Earlier versions kept no time of use; there the file system's times of reading and writing tell. */
function lastUseMs(folder: string): number {
  const paths = entriesOf(folder).map(({ name }) => join(folder, name));
  const times = [folder, ...paths].map((path) => {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return Math.max(found?.mtimeMs ?? Date.now(), found?.isFile() ? found.atimeMs : 0);
  });
  return Math.max(...times);
}

/** The folders of unpacked weights, by their names. */
function cacheFolders(cachePath: string): readonly string[] {
  return entriesOf(cachePath)
    .filter((entry) => entry.isDirectory() && isCacheFolderName(entry.name))
    .map(({ name }) => join(cachePath, name));
}

/** Removes our files from the cache of one model, and the folder once it is empty. */
function removeCacheFolder(folder: string): { bytes: number; left: string[]; isGone: boolean } {
  const left: string[] = [];
  let bytes = 0;
  for (const { name } of entriesOf(folder).filter((entry) => !entry.isDirectory())) {
    if (!isCacheFileName(name)) continue;
    const path = join(folder, name);
    const size = lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (tried(() => rmSync(path, { force: true }))) bytes += size;
    else left.push(path);
  }
  return { bytes, left, isGone: tried(() => rmdirSync(folder)) };
}

function tried(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
