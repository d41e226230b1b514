import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder, and those above it that are missing, one after the other. Node's own `recursive` never returns where
 * the system says 'no such folder' although the one above is there, as it does below /proc.
 *
 * @throws what the file system says
 */
export function makeFolder(path: string, mode?: number): void {
  const missing: string[] = [];
  for (
    let folder = resolve(path);
    !existsSync(folder) && folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    missing.unshift(folder);
  }
  for (const folder of missing) makeOne(folder, mode);
}

function makeOne(folder: string, mode: number | undefined): void {
  try {
    mkdirSync(folder, mode === undefined ? {} : { mode });
  } catch (cause) {
    // Another process may have made it a moment ago.
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
  }
}
