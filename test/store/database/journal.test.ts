import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { Database, sqliteModule } from "../../../src/store/database/database.ts";
import { journalFor, setJournal } from "../../../src/store/database/journal.ts";
import { openForTest, temporaryPath } from "../temporary-store.ts";

test("Local disks get a write-ahead log, network file systems a rollback journal.", () => {
  const [ext4, nfs, cifs] = [0xef53, 0x6969, 0xff534d42];
  const on = (type: number, real = "/data") => ({ fileSystemType: () => type, realPath: () => real });
  expect(journalFor("/data", "linux", on(ext4))).toBe("wal");
  expect(journalFor("/data", "linux", on(nfs))).toBe("rollback");
  expect(journalFor("/data", "linux", on(cifs))).toBe("rollback");
  expect(journalFor("/data", "linux", on(cifs | 0))).toBe("rollback");
  expect(journalFor("/data", "darwin", on(ext4))).toBe("wal");
  expect(journalFor("/data", "darwin", on(ext4, "/Volumes/shared/data"))).toBe("rollback");
  expect(journalFor("C:\\data", "win32", on(ext4, "C:\\data"))).toBe("wal");
  expect(journalFor("C:\\data", "win32", on(ext4, "\\\\?\\C:\\data"))).toBe("wal");
  expect(journalFor("\\\\server\\data", "win32", on(ext4, "\\\\server\\data"))).toBe("rollback");
  expect(journalFor("H:\\data", "win32", on(ext4, "\\\\server\\home\\data"))).toBe("rollback");
});

test("A store can change from one journal to the other and keeps what is in it.", () => {
  const folder = temporaryPath();
  const log = openForTest(folder, { journal: "wal" });
  expect(log.opening.journal).toBe("wal");
  expect(existsSync(`${log.paths.database}-wal`)).toBe(true);
  log.writers.ensure("Anna");
  log.close();
  const rollback = openForTest(folder, { journal: "rollback" });
  expect(rollback.opening.journal).toBe("rollback");
  rollback.writers.ensure("Ben");
  expect(existsSync(`${rollback.paths.database}-wal`)).toBe(false);
  rollback.close();
  expect(openForTest(folder).writers.list()).toHaveLength(2);
});

test("Where a write-ahead log cannot be had, a rollback journal is used.", () => {
  const { DatabaseSync } = sqliteModule();
  // SQLite gives no write-ahead log to a database in memory.
  const database = new Database(new DatabaseSync(":memory:"), ":memory:");
  expect(setJournal(database, "wal")).toBe("rollback");
});
