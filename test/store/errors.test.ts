import { expect, test } from "vitest";
import { sqliteModule } from "../../src/store/database/database.ts";
import { asStoreError, StoreError, StoreLockedError } from "../../src/store/errors.ts";

/** Codes of https://sqlite.org/rescode.html, extended ones among them. */
const sqliteCodes = [
  [13, "StoreDiskFullError"],
  [4874, "StoreDiskFullError"],
  [8, "StoreReadOnlyError"],
  [1032, "StoreReadOnlyError"],
  [3, "StoreReadOnlyError"],
  [5, "StoreLockedError"],
  [517, "StoreLockedError"],
  [6, "StoreLockedError"],
  [11, "StoreCorruptError"],
  [779, "StoreCorruptError"],
  [26, "StoreCorruptError"],
  [522, "StoreCorruptError"],
  [14, "StoreFolderError"],
  [266, "StoreAccessError"],
] as const;

test.each(sqliteCodes)("SQLite's code %i is told as %s.", (errcode, name) => {
  const cause = Object.assign(new Error("from SQLite"), { code: "ERR_SQLITE_ERROR", errcode });
  expect(asStoreError(cause, "/the/store")).toMatchObject({ name, cause });
});

const fileCodes = [
  ["ENOSPC", "StoreDiskFullError"],
  ["EDQUOT", "StoreDiskFullError"],
  ["EACCES", "StoreReadOnlyError"],
  ["EROFS", "StoreReadOnlyError"],
  ["EPERM", "StoreReadOnlyError"],
  ["ENOTDIR", "StoreFolderError"],
  ["EBUSY", "StoreLockedError"],
  ["EIO", "StoreAccessError"],
] as const;

test.each(fileCodes)("The file system's code %s is told as %s.", (code, name) => {
  const error = asStoreError(Object.assign(new Error("from the file system"), { code }), "/the/store");
  expect(error.name).toBe(name);
  expect(error.message).toContain("/the/store");
  expect(error.message).toContain(error.advice);
});

test("An error of the store is passed on as it is, and anything else is wrapped.", () => {
  const known = new StoreLockedError("/the/store");
  expect(asStoreError(known, "/other")).toBe(known);
  expect(asStoreError("a thrown text", "/the/store")).toBeInstanceOf(StoreError);
});

test("A Node.js without SQLite is told what it needs.", () => {
  expect(() => sqliteModule(() => undefined)).toThrow(/no node:sqlite module.*22\.13 or newer/);
});
