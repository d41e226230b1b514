import { z } from "zod";
import {
  StoreAccessError,
  StoreCorruptError,
  StoreDiskFullError,
  StoreError,
  StoreFolderError,
  StoreLockedError,
  StoreReadOnlyError,
} from "../errors.ts";

/** Result codes of SQLite (https://sqlite.org/rescode.html). The low byte is the primary code. */
const primaryCode = {
  permission: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** SQLITE_IOERR_SHMSIZE: growing the shared memory of the write-ahead log failed, which a full disk causes. */
const ioErrorSharedMemorySize = 4874;
/** SQLITE_IOERR_SHORT_READ: the file ends before a page that it should have. */
const ioErrorShortRead = 522;

/**
 * Translates whatever a call to SQLite or the file system threw into an error of the store with advice.
 *
 * @param path file or folder that was used, for the message
 */
export function asStoreError(cause: unknown, path: string): StoreError {
  if (cause instanceof StoreError) return cause;
  if (cause instanceof z.ZodError) return new StoreCorruptError(path, cause);
  const sqliteCode = numberIn(cause, "errcode");
  if (sqliteCode !== undefined) return fromSqlite(sqliteCode, cause, path);
  return fromFileSystem(cause, path);
}

function fromSqlite(code: number, cause: unknown, path: string): StoreError {
  if (code === ioErrorSharedMemorySize) return new StoreDiskFullError(path, cause);
  if (code === ioErrorShortRead) return new StoreCorruptError(path, cause);
  switch (code & 0xff) {
    case primaryCode.full:
      return new StoreDiskFullError(path, cause);
    case primaryCode.permission:
    case primaryCode.readOnly:
      return new StoreReadOnlyError(path, cause);
    case primaryCode.busy:
    case primaryCode.locked:
      return new StoreLockedError(path, cause);
    case primaryCode.corrupt:
    case primaryCode.notADatabase:
      return new StoreCorruptError(path, cause);
    case primaryCode.cannotOpen:
      return new StoreFolderError(path, cause);
    default:
      return new StoreAccessError(path, cause);
  }
}

function fromFileSystem(cause: unknown, path: string): StoreError {
  switch (cause instanceof Error && "code" in cause ? cause.code : undefined) {
    case "ENOSPC":
    case "EDQUOT":
      return new StoreDiskFullError(path, cause);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new StoreReadOnlyError(path, cause);
    case "ENOTDIR":
    case "EISDIR":
    case "EEXIST":
    case "ENOENT":
    case "ENAMETOOLONG":
    case "ELOOP":
      return new StoreFolderError(path, cause);
    case "EBUSY":
      return new StoreLockedError(path, cause);
    default:
      return new StoreAccessError(path, cause);
  }
}

function numberIn(value: unknown, key: string): number | undefined {
  if (!(value instanceof Error)) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === "number" ? found : undefined;
}
