import { z } from "zod";
import { type Said, said, whole } from "../said/said.ts";
import { SaidError } from "../said/said-error.ts";

/** What every failure of the store has in common: what happened, why, and what the reader can do about it. */
export abstract class StoreError extends SaidError {
  constructor(message: Said, advice: Said, cause?: unknown) {
    super(message, advice, { cause });
  }
}

/** The disk, the quota or the page limit is used up. Nothing of the unfinished write was kept. */
export class StoreDiskFullError extends StoreError {
  constructor(path: string, cause?: unknown) {
    super(
      said("There is no space left to write the store at {0}.", path),
      said(
        "Free some space, or move the store to another disk, and try again; what was saved before is intact.",
      ),
      cause,
    );
  }
}

/** The folder or file of the store must not be written. */
export class StoreReadOnlyError extends StoreError {
  constructor(path: string, cause?: unknown) {
    super(
      said("The store at {0} cannot be written.", path),
      said(
        "Give yourself write permission to this folder and the files in it, or choose another folder for the store.",
      ),
      cause,
    );
  }
}

/** The folder cannot be made or opened, for instance because a file stands in its place. */
export class StoreFolderError extends StoreError {
  constructor(path: string, cause?: unknown) {
    super(
      said("The folder {0} cannot be used as the store.", path),
      said("Check that the path is a folder and not a file, or choose another folder for the store."),
      cause,
    );
  }
}

/** Another process kept the store locked for longer than the busy timeout. */
export class StoreLockedError extends StoreError {
  constructor(path: string, cause?: unknown) {
    super(
      said("Another process has kept the store at {0} locked for too long.", path),
      said(
        "Wait a moment and try again; if it stays locked, close the other windows and terminals that use Idiolect.",
      ),
      cause,
    );
  }
}

/** The file is damaged, or is no SQLite database, or holds a row that no version of Idiolect wrote. */
export class StoreCorruptError extends StoreError {
  constructor(path: string, cause?: unknown) {
    super(
      said("The store at {0} is damaged.", path),
      said(
        "Start Idiolect again: the damaged file is then set aside, corrections are restored, and learning again rebuilds the rest from your documents.",
      ),
      cause,
    );
  }
}

/** A valid database lies in the place of the store, but another program made it. It is left untouched. */
export class StoreForeignError extends StoreError {
  constructor(path: string) {
    super(
      said("The file {0} is a database of another program.", path),
      said("Move it away, or choose another folder for the store."),
    );
  }
}

/** The store was written by a newer version. It is left untouched. */
export class StoreTooNewError extends StoreError {
  constructor(path: string, storeVersion: number, knownVersion: number) {
    super(
      said(
        "The store at {0} has format {1}, but this version of Idiolect knows only formats up to {2}.",
        path,
        whole(storeVersion),
        whole(knownVersion),
      ),
      said("Update Idiolect, or choose another folder for the store."),
    );
  }
}

/** The running Node.js has no `node:sqlite`. */
export class SqliteMissingError extends StoreError {
  constructor(runtimeVersion: string, cause?: unknown) {
    super(
      said("This Node.js ({0}) has no node:sqlite module, which the store needs.", runtimeVersion),
      said("Use Node.js 22.13 or newer; in VS Code, update to 1.105 or newer."),
      cause,
    );
  }
}

/** Any other failure while the store was read or written. */
export class StoreAccessError extends StoreError {
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      said("The store at {0} could not be used: {1}.", path, reason),
      said("Try again; if it happens again, check the disk and report the message."),
      cause,
    );
  }
}

/** The bytes of a stored part do not have the checksum they were written with. */
export class StoreChecksumError extends StoreError {
  constructor(owner: string, name: string | Said) {
    super(
      said("The part '{0}' of {1} is damaged: its checksum does not fit.", name, owner),
      said("Roll back to an earlier profile version, or learn again."),
    );
  }
}

/** A row was asked for that the store does not have (any more). */
export class StoreMissingError extends StoreError {
  /** @param what with what kind of thing it is: `learning run 7` */
  constructor(what: Said) {
    super(
      said("The store has no {0}.", what),
      said("It may have been erased in the meantime: list what is kept and try again."),
    );
  }
}

/** A writer was named whom the store does not know. */
export class UnknownWriterError extends StoreError {
  constructor(writer: string, known: readonly { readonly name: string }[]) {
    super(
      said("The store knows no writer named {0}.", writer),
      known.length === 0
        ? said("It knows nobody yet.")
        : said("Known: {0}.", known.map(({ name }) => name).join(", ")),
    );
  }
}

/** A learner holds the lease, so what it writes cannot be erased or replaced now. */
export class LearnerRunningError extends StoreError {
  constructor(processId: number) {
    super(
      said("Idiolect is learning at the moment (process {0}).", String(processId)),
      said("Pause or cancel learning first, then try again."),
    );
  }
}

/** After erasing, some of the writer's data was still found on disk. */
export class ErasureIncompleteError extends StoreError {
  constructor(remains: readonly string[], cause?: unknown) {
    super(
      said("Not everything could be erased; still there: {0}.", remains.join(", ")),
      said(
        "Close the other windows and terminals that use Idiolect and forget the same again; files in the store's folder that are not Idiolect's have to be removed by hand.",
      ),
      cause,
    );
  }
}

type StoreFailure = new (path: string, cause: unknown) => StoreError;

/** By SQLite's result code (https://sqlite.org/rescode.html); where an extended one is not named, its low byte counts. */
const sqliteFailures: Readonly<Record<number, StoreFailure>> = {
  [/* SQLITE_PERM */ 3]: StoreReadOnlyError,
  [/* SQLITE_BUSY */ 5]: StoreLockedError,
  [/* SQLITE_LOCKED */ 6]: StoreLockedError,
  [/* SQLITE_READONLY */ 8]: StoreReadOnlyError,
  [/* SQLITE_CORRUPT */ 11]: StoreCorruptError,
  [/* SQLITE_FULL */ 13]: StoreDiskFullError,
  [/* SQLITE_CANTOPEN */ 14]: StoreFolderError,
  [/* SQLITE_NOTADB */ 26]: StoreCorruptError,
  // The file ends before a page that it should have.
  [/* SQLITE_IOERR_SHORT_READ */ 522]: StoreCorruptError,
  // Growing the shared memory of the write-ahead log failed, which a full disk causes.
  [/* SQLITE_IOERR_SHMSIZE */ 4874]: StoreDiskFullError,
};

/** By Node's codes of the file system and of `node:sqlite`. */
const nodeFailures: Readonly<Record<string, StoreFailure>> = {
  ENOSPC: StoreDiskFullError,
  EDQUOT: StoreDiskFullError,
  EACCES: StoreReadOnlyError,
  EPERM: StoreReadOnlyError,
  EROFS: StoreReadOnlyError,
  ENOTDIR: StoreFolderError,
  EISDIR: StoreFolderError,
  EEXIST: StoreFolderError,
  ENOENT: StoreFolderError,
  ENAMETOOLONG: StoreFolderError,
  ELOOP: StoreFolderError,
  EBUSY: StoreLockedError,
  // A whole number in a row is larger than any that is written.
  ERR_OUT_OF_RANGE: StoreCorruptError,
};

/**
 * Translates whatever a call to SQLite or the file system threw into an error of the store with advice.
 *
 * @param path file or folder that was used, for the message
 */
export function asStoreError(cause: unknown, path: string): StoreError {
  if (cause instanceof StoreError) return cause;
  if (cause instanceof z.ZodError) return new StoreCorruptError(path, cause);
  const { errcode, code } = (cause instanceof Error ? cause : {}) as { errcode?: unknown; code?: unknown };
  const Failure =
    typeof errcode === "number"
      ? (sqliteFailures[errcode] ?? sqliteFailures[errcode & 0xff])
      : nodeFailures[String(code)];
  return new (Failure ?? StoreAccessError)(path, cause);
}
