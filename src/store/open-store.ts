import { existsSync, renameSync, statSync } from "node:fs";
import { CorrectionsMirror } from "./corrections/corrections-mirror.ts";
import { reconcileCorrections } from "./corrections/reconcile-corrections.ts";
import { dropUnreadable, refuseDamage, refuseDamageOfTaught } from "./database/damage.ts";
import { openDatabase, type StoreSurroundings } from "./database/database.ts";
import { type Journal, journalFor, setJournal } from "./database/journal.ts";
import { migrate } from "./database/migrations.ts";
import { SoundnessMark } from "./database/soundness-mark.ts";
import { asStoreError, StoreCorruptError } from "./errors.ts";
import { Store, type StoreOrigin } from "./store.ts";
import {
  companionsOf,
  hasStore,
  prepareStoreFolder,
  type StorePaths,
  setAsidePath,
  storePaths,
} from "./store-folder.ts";

/** How a store is opened. What is left out has a default that fits all programs but tests. */
export interface OpenStoreOptions extends Partial<StoreSurroundings> {
  /** How long a call waits for another process before it fails with StoreLockedError. */
  readonly busyTimeoutMs?: number;
  /** Which journal; by default the folder's file system decides. */
  readonly journal?: Journal;
}

const defaultBusyTimeoutMs = 10_000;

/**
 * Opens the store in a folder, making what is missing. A damaged database is set aside and a fresh one made; the
 * corrections come back from their mirror, everything else by learning again from the documents.
 *
 * @throws StoreFolderError, StoreReadOnlyError, StoreDiskFullError, StoreLockedError, StoreForeignError,
 *   StoreTooNewError, SqliteMissingError
 */
export function openStore(folder: string, options: OpenStoreOptions = {}): Store {
  const paths = storePaths(folder);
  prepareStoreFolder(paths);
  const opened = inodeOf(paths.database);
  try {
    return openChecked(paths, options);
  } catch (cause) {
    if (!(cause instanceof StoreCorruptError)) throw cause;
    // Another process may have set the same file aside a moment ago; its fresh one must stay.
    const setAside =
      inodeOf(paths.database) === opened ? putAside(paths, (options.clock ?? Date.now)()) : undefined;
    prepareStoreFolder(paths);
    return openPrepared(paths, options, { setAside });
  }
}

/**
 * Opens the store in a folder for what only looks into it. Where there is none, it gives an empty one in memory and
 * makes nothing: what is written to that is lost with it.
 *
 * @throws as `openStore`
 */
export function openStoreIfAny(folder: string, options: OpenStoreOptions = {}): Store {
  if (hasStore(folder)) return openStore(folder, options);
  const database = openDatabase(":memory:", options.busyTimeoutMs ?? defaultBusyTimeoutMs, options);
  migrate(database);
  const nothing = { restoredCorrections: 0, damagedMirrorLines: 0, lostCorrections: 0 };
  return new Store(storePaths(folder), database, {
    origin: { kind: "none" },
    journal: "rollback",
    ...nothing,
  });
}

/** A database that is as it was left is not walked through, unless damage is met all the same. */
function openChecked(paths: StorePaths, options: OpenStoreOptions): Store {
  const mark = new SoundnessMark(paths, options.clock ?? Date.now);
  if (!mark.fits) return openPrepared(paths, options);
  try {
    return openPrepared(paths, options, { isSound: true });
  } catch (cause) {
    if (!(cause instanceof StoreCorruptError)) throw cause;
    return openPrepared(paths, options);
  }
}

interface Known {
  /** Where the damaged database was put that this one replaces. */
  readonly setAside?: string | undefined;
  /** Whether the database need not be walked through. */
  readonly isSound?: boolean;
}

function openPrepared(
  paths: StorePaths,
  options: OpenStoreOptions,
  { setAside, isSound }: Known = {},
): Store {
  const mark = new SoundnessMark(paths, options.clock ?? Date.now);
  const surroundings = { ...options, onDamage: () => mark.drop() };
  const database = openDatabase(paths.database, options.busyTimeoutMs ?? defaultBusyTimeoutMs, surroundings);
  try {
    const before = mark.stamp();
    if (isSound === true) refuseDamageOfTaught(database);
    else refuseDamage(database);
    const { from, to } = migrate(database);
    // Not before it is known to be ours: nothing is left beside the file of another program.
    if (isSound !== true) mark.walked(before);
    const journal = setJournal(database, options.journal ?? journalFor(paths.folder));
    const origin = originOf(from, to, setAside);
    const isWhole = origin.kind === "existing" || origin.kind === "migrated";
    if (isWhole) dropUnreadable(database);
    // This takes the write lock, so a read-only file, which opens without complaint, is found out here.
    const corrections = reconcileCorrections(database, new CorrectionsMirror(paths.mirror), isWhole);
    return new Store(paths, database, { origin, journal, ...corrections });
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function originOf(from: number, to: number, setAside: string | undefined): StoreOrigin {
  if (setAside !== undefined) return { kind: "rebuilt", setAside };
  if (from === 0) return { kind: "created" };
  return from < to ? { kind: "migrated", fromFormat: from } : { kind: "existing" };
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

function putAside(paths: StorePaths, nowMs: number): string {
  const setAside = setAsidePath(paths, nowMs);
  try {
    renameSync(paths.database, setAside);
    companionsOf(paths.database).forEach((companion, index) => {
      if (existsSync(companion)) renameSync(companion, companionsOf(setAside)[index]!);
    });
  } catch (cause) {
    throw asStoreError(cause, paths.database);
  }
  return setAside;
}
