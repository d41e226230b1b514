import { chmodSync, closeSync, existsSync, openSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { asStoreError } from "./database/as-store-error.ts";
import { StoreFolderError } from "./errors.ts";
import { makeFolder } from "./make-folder.ts";

const databaseName = "idiolect.sqlite";
const setAsideMark = ".corrupt-";

/** Where the parts of a store lie in its folder. */
export interface StorePaths {
  readonly folder: string;
  readonly database: string;
  /** The append-only copy of the corrections. */
  readonly mirror: string;
}

export function storePaths(folder: string): StorePaths {
  return {
    folder,
    database: join(folder, databaseName),
    mirror: join(folder, "corrections.jsonl"),
  };
}

/**
 * Makes the folder (mode 0700) and an empty database file (0600) where they are missing. SQLite gives its other files
 * the mode of the database file. A folder that already holds files of others keeps its mode, ours do not.
 *
 * @throws StoreFolderError, StoreReadOnlyError, StoreDiskFullError
 */
export function prepareStoreFolder(paths: StorePaths): void {
  try {
    makeFolder(paths.folder, 0o700);
    if (!statSync(paths.folder).isDirectory()) throw new StoreFolderError(paths.folder);
    if (readdirSync(paths.folder).every((name) => isOurs(name, paths))) chmodSync(paths.folder, 0o700);
    closeSync(openSync(paths.database, "a", 0o600));
    for (const path of ourFiles(paths)) makePrivate(path);
  } catch (cause) {
    throw asStoreError(cause, paths.folder);
  }
}

/** Whether something was ever kept here. To ask makes nothing. */
export function hasStore(folder: string): boolean {
  const { database, mirror } = storePaths(folder);
  return existsSync(database) || existsSync(mirror);
}

/** All files of the store that there are, the set-aside ones too. */
export function ourFiles(paths: StorePaths): readonly string[] {
  if (!existsSync(paths.folder)) return [];
  return readdirSync(paths.folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isOurs(entry.name, paths))
    .map((entry) => join(paths.folder, entry.name))
    .sort();
}

/** Files of stores that were damaged. */
export function setAsideFiles(paths: StorePaths): readonly string[] {
  return ourFiles(paths).filter((path) => path.startsWith(`${paths.database}${setAsideMark}`));
}

/** A free name for a damaged database. */
export function setAsidePath(paths: StorePaths, nowMs: number): string {
  const path = `${paths.database}${setAsideMark}${nowMs}`;
  return existsSync(path) ? setAsidePath(paths, nowMs + 1) : path;
}

/** The files that SQLite may keep beside a database of this path. */
export function companionsOf(database: string): readonly string[] {
  return [`${database}-wal`, `${database}-shm`, `${database}-journal`];
}

function isOurs(name: string, paths: StorePaths): boolean {
  const path = join(paths.folder, name);
  return (
    path.startsWith(`${paths.database}${setAsideMark}`) ||
    [paths.database, ...companionsOf(paths.database), paths.mirror, `${paths.mirror}.new`].includes(path)
  );
}

/** Another process that closes the database may take its side files away between listing and change. */
function makePrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ENOENT")) throw cause;
  }
}
