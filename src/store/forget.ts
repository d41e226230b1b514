import { rmdirSync, rmSync } from "node:fs";
import { z } from "zod";
import { asStoreError } from "./as-store-error.ts";
import { ErasureIncompleteError, LearnerRunningError, StoreDiskFullError } from "./errors.ts";
import { type StoredItem, sharedInventory, storeInventory, writerInventory } from "./inventory.ts";
import { leaseTimeoutMs } from "./lease.ts";
import { searchOnDisk } from "./search-on-disk.ts";
import type { Store } from "./store.ts";
import { ourFiles, type StorePaths, setAsideFiles } from "./store-folder.ts";
import type { Writer } from "./writers.ts";

/** How forgetting deals with a learner that is at work. */
export interface ForgetOptions {
  /** After this time without a heartbeat the learner counts as dead. */
  readonly leaseTimeoutMs?: number;
}

/**
 * Erases one writer: rows, corrections in the mirror, and what may hold text of any writer (damaged databases that
 * were set aside, the cache). Deleted bytes are overwritten, the database is written anew without them, its log is
 * emptied, and the files are searched for sentences of the writer afterwards. Copies that the disk or a backup has
 * made by itself are out of reach.
 *
 * @param name the writer; where the store does not know it (any more), only the cleaning up is done again
 * @returns what was erased
 * @throws LearnerRunningError, ErasureIncompleteError
 */
export function forgetWriter(store: Store, name: string, options: ForgetOptions = {}): readonly StoredItem[] {
  const release = stopLearners(store, options);
  try {
    const writer = store.writers.named(name);
    const own = writer === undefined ? [] : writerInventory(store, writer);
    const erased = [...own, ...sharedInventory(store)];
    const samples = writer === undefined ? [] : sampleTexts(store, writer);
    store.inTransaction(() => {
      // The mirror first: were it last, a crash between the two would bring the corrections back.
      store.mirror.keepOnly((line) => line.kind === "entry" && line.entry.writer !== name);
      store.database.run("DELETE FROM writers WHERE name = ?", name);
    });
    removeShared(store.paths);
    scrub(store);
    verifyGone(store, samples);
    return erased;
  } finally {
    release();
  }
}

/**
 * Erases all writers and the files of the store, and the folder if nothing else is in it. The store is closed
 * afterwards and must not be used again.
 *
 * @returns what was erased
 * @throws LearnerRunningError, ErasureIncompleteError
 */
export function forgetEverything(store: Store, options: ForgetOptions = {}): readonly StoredItem[] {
  const release = stopLearners(store, options);
  const erased = storeInventory(store);
  try {
    store.inTransaction(() => {
      store.mirror.keepOnly(() => false);
      store.database.run("DELETE FROM writers");
    });
    // Emptied before it is removed: another process that has the file open must not go on reading the text.
    scrub(store);
  } finally {
    release();
  }
  store.close();
  removeFiles(store.paths);
  return erased;
}

/** Takes the lease, so that no learner writes while things are erased; gives the function that releases it. */
function stopLearners(store: Store, options: ForgetOptions): () => void {
  const answer = store.lease.acquire(process.pid, options.leaseTimeoutMs ?? leaseTimeoutMs);
  if (answer.kind === "held") throw new LearnerRunningError(answer.processId);
  return () => store.lease.release(answer.token);
}

const checkpointRow = z.object({ busy: z.number() });

function scrub(store: Store): void {
  emptyLog(store);
  try {
    store.database.execute("VACUUM");
  } catch (cause) {
    // Deleted bytes are overwritten already. Without room for a second copy the file only stays as large as it was.
    if (!(cause instanceof StoreDiskFullError)) throw cause;
  }
  emptyLog(store);
}

/** Moves the write-ahead log into the database and empties it. Where there is none, SQLite does nothing. */
function emptyLog(store: Store): void {
  const found = store.database.first(checkpointRow, "PRAGMA wal_checkpoint(TRUNCATE)");
  if (found?.busy === 1) throw new ErasureIncompleteError([`${store.paths.database}-wal`]);
}

const sampleCount = 32;
const textRow = z.object({ text: z.string() });

/** Some of the writer's sentences, spread over all documents, long enough that they stand for themselves. */
function sampleTexts(store: Store, writer: Writer): readonly string[] {
  const sql = `SELECT substr(text, 1, 80) AS text FROM sentences JOIN documents ON documents.id = document_id
    WHERE writer_id = ? AND length(text) >= 24 ORDER BY document_id, position`;
  const texts = store.database.all(textRow, sql, writer.id).map(({ text }) => text);
  const stride = Math.max(1, Math.floor(texts.length / sampleCount));
  return texts.filter((_, index) => index % stride === 0).slice(0, sampleCount);
}

function verifyGone(store: Store, samples: readonly string[]): void {
  // What another writer has said in the same words may stay.
  const sql = "SELECT text FROM sentences WHERE instr(text, ?) > 0 LIMIT 1";
  const own = samples.filter((sample) => store.database.first(textRow, sql, sample) === undefined);
  const remains = [...searchOnDisk(ourFiles(store.paths), own), ...setAsideFiles(store.paths)];
  if (remains.length > 0) throw new ErasureIncompleteError(remains);
}

function removeShared(paths: StorePaths): void {
  try {
    for (const path of [...setAsideFiles(paths), paths.cache]) rmSync(path, { recursive: true, force: true });
  } catch (cause) {
    throw asStoreError(cause, paths.folder);
  }
}

function removeFiles(paths: StorePaths): void {
  try {
    for (const path of [...ourFiles(paths), paths.cache]) rmSync(path, { recursive: true, force: true });
  } catch (cause) {
    throw new ErasureIncompleteError(ourFiles(paths), cause);
  }
  try {
    rmdirSync(paths.folder);
  } catch (cause) {
    // The folder stays where others keep files in it.
    const isTaken =
      cause instanceof Error && "code" in cause && ["ENOTEMPTY", "EEXIST"].includes(String(cause.code));
    if (!isTaken) throw asStoreError(cause, paths.folder);
  }
}
