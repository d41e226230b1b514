import { randomUUID } from "node:crypto";
import { existsSync, renameSync, statSync } from "node:fs";
import { z } from "zod";
import { Database, sqliteModule } from "./database/database.ts";
import { type Journal, journalFor, setJournal } from "./database/journal.ts";
import { isOurs, migrate } from "./database/migrations.ts";
import { asStoreError, StoreCorruptError, StoreLockedError, StoreReadOnlyError } from "./errors.ts";
import { Store, type StoreOrigin, type StoreSurroundings } from "./store.ts";
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
  const settled = settle(options);
  prepareStoreFolder(paths);
  const opened = inodeOf(paths.database);
  try {
    return openPrepared(paths, settled);
  } catch (cause) {
    if (!(cause instanceof StoreCorruptError)) throw cause;
    // Another process may have set the same file aside a moment ago; its fresh one must stay.
    const setAside = inodeOf(paths.database) === opened ? putAside(paths, settled.clock()) : undefined;
    prepareStoreFolder(paths);
    return openPrepared(paths, settled, setAside);
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
  const database = connect(":memory:", settle(options).busyTimeoutMs);
  migrate(database);
  return new Store(storePaths(folder), database, settle(options), {
    origin: { kind: "none" },
    journal: "rollback",
  });
}

function settle(options: OpenStoreOptions): SettledOptions {
  return {
    clock: options.clock ?? Date.now,
    newId: options.newId ?? randomUUID,
    busyTimeoutMs: options.busyTimeoutMs ?? defaultBusyTimeoutMs,
    journal: options.journal,
  };
}

interface SettledOptions extends StoreSurroundings {
  readonly busyTimeoutMs: number;
  readonly journal: Journal | undefined;
}

function openPrepared(paths: StorePaths, options: SettledOptions, setAside?: string): Store {
  const database = connect(paths.database, options.busyTimeoutMs);
  try {
    refuseDamage(database);
    const { from, to } = migrate(database);
    const journal = setJournal(database, options.journal ?? journalFor(paths.folder));
    // This takes the write lock, so a read-only file, which opens without complaint, is found out here.
    return new Store(paths, database, options, { origin: originOf(from, to, setAside), journal });
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function connect(path: string, timeout: number): Database {
  const { DatabaseSync } = sqliteModule();
  try {
    const database = new Database(new DatabaseSync(path, { timeout }), path);
    // What is deleted is overwritten, and nothing is written to temporary files outside of the folder.
    database.execute("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
    return database;
  } catch (cause) {
    throw asStoreError(cause, path);
  }
}

const fullRow = z.object({ integrity_check: z.string() });
const quickRow = z.object({ quick_check: z.string() });

/**
 * Walks through all pages, and makes indexes anew that do not fit their tables. Large parts that this does not look
 * into have checksums of their own, corrections too.
 */
function refuseDamage(database: Database): void {
  const areTablesWhole = () => database.first(quickRow, "PRAGMA quick_check(1)")?.quick_check === "ok";
  if (damageOf(database) === undefined) return;
  // What is damaged beyond its indexes is set aside as it was found.
  if (isOurs(database) && areTablesWhole()) makeIndexesAnew(database);
  const damage = damageOf(database);
  if (damage !== undefined) throw new StoreCorruptError(database.path, new Error(damage));
}

function makeIndexesAnew(database: Database): void {
  try {
    database.execute("REINDEX");
  } catch (cause) {
    if (cause instanceof StoreLockedError || cause instanceof StoreReadOnlyError) throw cause;
    // The tables themselves are damaged: rows that an index must not hold twice, or pages that cannot be read.
    throw new StoreCorruptError(database.path, cause);
  }
}

function damageOf(database: Database): string | undefined {
  const found = database.first(fullRow, "PRAGMA integrity_check(1)")?.integrity_check;
  return found === "ok" ? undefined : (found ?? "no answer");
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
