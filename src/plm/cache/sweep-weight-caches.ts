import { lstatSync } from "node:fs";
import { join } from "node:path";
import { entriesOf } from "../files/entries-of.ts";
import { removeDeadDrafts } from "./drafts.ts";
import { removeCacheFolder } from "./remove-weight-caches.ts";
import { isCacheFileName, isCacheFolderName } from "./weight-cache-names.ts";

/** A cache that nobody has opened for this long is one of a model or a version that is gone. */
const unusedMs = 30 * 86_400_000;

/**
 * Removes unpacked weights that no version of Idiolect has used for 30 days, and drafts of processes that were ended
 * while they wrote. Weights in use are not touched: their time of use is renewed each day.
 */
export function sweepWeightCaches(cachePath: string, own: string): void {
  for (const { name } of entriesOf(cachePath).filter((entry) => entry.isDirectory())) {
    const folder = join(cachePath, name);
    if (folder === own || !isCacheFolderName(name)) continue;
    removeDeadDrafts(folder, isCacheFileName);
    if (Date.now() - lastUseMs(folder) > unusedMs) removeCacheFolder(folder);
  }
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
