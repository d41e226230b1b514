import { rmdirSync, rmSync } from "node:fs";
import { z } from "zod";
import { CorrectionRows } from "../corrections/correction-rows.ts";
import { type MirrorLine, writerOfLine } from "../corrections/mirror-line.ts";
import { asStoreError, ErasureIncompleteError, StoreDiskFullError, UnknownWriterError } from "../errors.ts";
import { type StoredItem, sharedInventory, storeInventory, writerInventory } from "../inventory.ts";
import { UnfinishedErasures } from "../repositories/unfinished-erasures.ts";
import type { Store } from "../store.ts";
import { companionsOf, ourFiles, type StorePaths, setAsideFiles } from "../store-folder.ts";
import { dropOrphans, remainsOf, tracesOf } from "./remains.ts";
import { TextTraces } from "./text-traces.ts";

/** How forgetting deals with a learner that is at work. */
export interface ForgetOptions {
  /** After this time without a heartbeat the learner counts as dead. */
  readonly leaseTimeoutMs?: number;
}

/**
 * Erases one writer: rows, corrections in the mirror, and what may hold text of any writer (damaged databases that
 * were set aside). Deleted bytes are overwritten, the database is written anew without them, and its log is emptied.
 * Afterwards rows, files, and a trace of each text and each blob that was erased are looked for. Copies that the disk
 * or a backup has made by itself are out of reach.
 *
 * @param name the writer; one whose erasing could not be completed may be named again
 * @returns what was erased; nothing of it was found afterwards
 * @throws UnknownWriterError, LearnerRunningError, ErasureIncompleteError
 */
export function forgetWriter(store: Store, name: string, options: ForgetOptions = {}): readonly StoredItem[] {
  const unfinished = new UnfinishedErasures(store.database);
  const writer = store.writers.named(name);
  const former = unfinished.tracesOf(name);
  if (writer === undefined && former === undefined) throw new UnknownWriterError(name, store.writers.list());
  const release = store.lease.hold(options.leaseTimeoutMs);
  try {
    const own = writer === undefined ? [] : writerInventory(store, writer);
    const erased = [...own, ...sharedInventory(store)];
    const traces = writer === undefined ? new TextTraces() : tracesOf(store, writer);
    if (former !== undefined) traces.addBytes(former);
    const ids = new Set(writer && new CorrectionRows(store.database).of(writer.id).map(({ id }) => id));
    store.inTransaction(() => {
      // The mirror first: were it last, a crash between the two would bring the corrections back.
      store.mirror.keepOnly((line) => isKept(line, name, ids, traces));
      unfinished.note(name, traces.toBytes());
      store.database.run("DELETE FROM writers WHERE name = ?", name);
      store.profileVersions.forgetAuthor(name);
      dropOrphans(store.database);
    });
    removeFiles(setAsideFiles(store.paths));
    scrub(store);
    const remains = remainsOf(store, traces);
    if (remains.length > 0) throw new ErasureIncompleteError(remains);
    unfinished.complete(name);
    scrub(store);
    return erased;
  } finally {
    release();
  }
}

/** Lines of others stay, also those that only a newer version understands; what nobody can read may be the writer's. */
function isKept(line: MirrorLine, name: string, ids: ReadonlySet<string>, traces: TextTraces): boolean {
  if (line.kind === "damaged" || writerOfLine(line) === name) return false;
  if (line.kind === "newer") return line.writer !== undefined || !traces.isIn(Buffer.from(line.text));
  return !ids.has(line.kind === "entry" ? line.entry.id : line.id);
}

/**
 * Erases all writers and the files of the store, and the folder if nothing else is in it. The store is closed
 * afterwards and must not be used again.
 *
 * @returns what was erased; no file of it was found afterwards
 * @throws LearnerRunningError, ErasureIncompleteError
 */
export function forgetEverything(store: Store, options: ForgetOptions = {}): readonly StoredItem[] {
  const release = store.lease.hold(options.leaseTimeoutMs);
  const erased = storeInventory(store);
  try {
    store.inTransaction(() => {
      store.mirror.replace([]);
      store.database.run("DELETE FROM writers");
      store.database.run("DELETE FROM unfinished_erasures");
      dropOrphans(store.database);
    });
    // Emptied before it is removed: another process that has the file open must not go on reading the text.
    scrub(store);
  } finally {
    release();
  }
  store.close();
  const { database } = store.paths;
  // Windows removes no file that another process has open. This one is empty by now, and holds nothing of anybody.
  const isEmptied = (path: string): boolean => [database, ...companionsOf(database)].includes(path);
  removeFiles(ourFiles(store.paths), process.platform === "win32" ? isEmptied : () => false);
  const remains = ourFiles(store.paths).filter((path) => process.platform !== "win32" || !isEmptied(path));
  if (remains.length > 0) throw new ErasureIncompleteError(remains);
  removeFolder(store.paths);
  return erased;
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

/** @param mayStay whether a file may stay where another process has it open */
function removeFiles(files: readonly string[], mayStay: (path: string) => boolean = () => false): void {
  for (const path of files) {
    try {
      rmSync(path, { force: true });
    } catch (cause) {
      if (!mayStay(path) || !isInUse(cause)) throw new ErasureIncompleteError(files, cause);
    }
  }
}

function isInUse(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && ["EBUSY", "EPERM"].includes(String(cause.code));
}

function removeFolder({ folder }: StorePaths): void {
  try {
    rmdirSync(folder);
  } catch (cause) {
    // The folder stays where others keep files in it.
    const isTaken =
      cause instanceof Error && "code" in cause && ["ENOTEMPTY", "EEXIST"].includes(String(cause.code));
    if (!isTaken) throw asStoreError(cause, folder);
  }
}
