import { unwatchFile, watchFile } from "node:fs";
import { companionsOf, storePaths } from "../store/store-folder.ts";

const intervalMs = 2_000;

/**
 * Looks now and then whether another process has written to the store, without opening it.
 * Returns the function that ends the watch.
 */
export function watchStore(storePath: string, changed: () => void): () => void {
  const { database } = storePaths(storePath);
  const files = [database, ...companionsOf(database)];
  const listener = () => changed();
  for (const file of files) watchFile(file, { interval: intervalMs, persistent: false }, listener);
  return () => {
    for (const file of files) unwatchFile(file, listener);
  };
}
