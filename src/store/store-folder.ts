import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import envPaths from "env-paths";
import { asStoreError, StoreFolderError } from "./errors.ts";

const databaseName = "idiolect.sqlite";
const setAsideMark = ".corrupt-";

/** Where the parts of a store lie in its folder. */
export interface StorePaths {
  readonly folder: string;
  readonly database: string;
  /** The append-only copy of the corrections. */
  readonly mirror: string;
  /** What the database was like when it was last known to be whole. */
  readonly mark: string;
}

export function storePaths(folder: string): StorePaths {
  return {
    folder,
    database: join(folder, databaseName),
    mirror: join(folder, "corrections.jsonl"),
    mark: join(folder, `${databaseName}.sound`),
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
    // Windows has no modes, and lets nobody touch a file that another process has locked.
    if (process.platform === "win32" && existsSync(paths.database)) return;
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
    [
      paths.database,
      ...companionsOf(paths.database),
      paths.mark,
      paths.mirror,
      `${paths.mirror}.new`,
    ].includes(path)
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

/**
 * Gives the folder where the store lies when no other is chosen: the operating system's folder for the data of
 * this user's programs (`$XDG_DATA_HOME/idiolect` or `~/.local/share/idiolect` on Linux,
 * `~/Library/Application Support/idiolect` on macOS, `%LOCALAPPDATA%\idiolect\Data` on Windows).
 */
export function defaultStorePath(): string {
  return envPaths("idiolect", { suffix: "" }).data;
}

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
