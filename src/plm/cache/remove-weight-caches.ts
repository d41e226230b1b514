import { lstatSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { entriesOf } from "../files/entries-of.ts";
import { isCacheFileName, isCacheFolderName } from "./weight-cache-names.ts";

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
  for (const { name } of entriesOf(cachePath).filter((entry) => entry.isDirectory())) {
    if (!isCacheFolderName(name)) continue;
    const folder = join(cachePath, name);
    const removed = removeCacheFolder(folder);
    bytes += removed.bytes;
    left.push(...removed.left);
    if (removed.isGone) folders.push(folder);
  }
  tried(() => rmdirSync(cachePath));
  return { folders, bytes, left };
}

/** Removes our files from the cache of one model, and the folder once it is empty. */
export function removeCacheFolder(folder: string): { bytes: number; left: string[]; isGone: boolean } {
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
