import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ErasureIncompleteError, LearnerRunningError } from "../../src/store/errors.ts";
import { forgetEverything, forgetWriter } from "../../src/store/forget.ts";
import { writerInventory } from "../../src/store/inventory.ts";
import { sqliteModule } from "../../src/store/sqlite-module.ts";
import { fillWriter } from "./fill-writer.ts";
import { openForTest, openTemporaryStore, temporaryPath } from "./temporary-store.ts";

/** Files below a folder whose raw bytes or whose names have the text, capitals or not. */
function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => `${path}${readFileSync(path, "latin1")}`.toLowerCase().includes(text.toLowerCase()));
}

test.each(["wal", "rollback"] as const)(
  "No byte of a forgotten writer is left in any file (%s).",
  (journal) => {
    const store = openTemporaryStore({ journal });
    const anna = fillWriter(store, "Anna Sommerfeld", "harbour");
    const ben = fillWriter(store, "Ben", "mountain");
    writeFileSync(`${store.paths.database}.corrupt-5`, "damaged harbour");
    appendFileSync(store.paths.mirror, '{"writer":"Anna Sommerfeld","sentence":"the harb');
    expect(filesWith(store.paths.folder, "harbour").length).toBeGreaterThan(2);
    const [ours, theirs] = [writerInventory(store, anna), writerInventory(store, ben)];
    const mountains = store.documents.list(ben.id);

    const erased = forgetWriter(store, "Anna Sommerfeld");

    expect(filesWith(store.paths.folder, "harbour")).toEqual([]);
    expect(filesWith(store.paths.folder, "Sommerfeld")).toEqual([]);
    expect(erased).toEqual([...ours, ...erased.slice(ours.length)]);
    expect(erased.slice(ours.length).map(({ what }) => what)).toEqual(["damaged database, set aside"]);
    expect(store.writers.list().map(({ name }) => name)).toEqual(["Ben"]);
    expect(writerInventory(store, ben)).toEqual(theirs);
    expect(store.documents.list(ben.id)).toEqual(mountains);
    store.close();
    const after = openForTest(store.paths.folder);
    expect(after.opening).toMatchObject({ origin: { kind: "existing" }, restoredCorrections: 0 });
    expect(filesWith(store.paths.folder, "harbour")).toEqual([]);
  },
);

test("Another process that has the store open does not hold erased text back.", () => {
  const store = openTemporaryStore();
  const other = openForTest(store.paths.folder);
  fillWriter(store, "Anna", "harbour");
  expect(other.writers.list()).toHaveLength(1);
  forgetWriter(store, "Anna");
  expect(filesWith(store.paths.folder, "harbour")).toEqual([]);
  expect(other.writers.list()).toEqual([]);
});

test("A reader in the middle of reading is told as incomplete erasure, and forgetting again completes it.", () => {
  const store = openTemporaryStore({ busyTimeoutMs: 20 });
  fillWriter(store, "Anna", "harbour");
  const { DatabaseSync } = sqliteModule();
  const reader = new DatabaseSync(store.paths.database);
  reader.exec("BEGIN");
  reader.prepare("SELECT count(*) FROM sentences").get();
  expect(() => forgetWriter(store, "Anna")).toThrow(ErasureIncompleteError);
  reader.exec("COMMIT");
  reader.close();
  expect(forgetWriter(store, "Anna")).toEqual([]);
  expect(filesWith(store.paths.folder, "harbour")).toEqual([]);
});

test("While a learner is at work nothing is erased.", () => {
  const store = openTemporaryStore();
  const writer = fillWriter(store, "Anna", "harbour");
  const learner = store.lease.acquire(4711);
  if (learner.kind === "held") throw new Error("The free lease was not given.");
  expect(() => forgetWriter(store, "Anna")).toThrow(LearnerRunningError);
  expect(() => forgetEverything(store)).toThrow(/process 4711.*Pause or cancel/);
  expect(writerInventory(store, writer).length).toBeGreaterThan(5);
  store.lease.release(learner.token);
  expect(forgetWriter(store, "Anna").length).toBeGreaterThan(5);
  expect(store.lease.holder()).toBeUndefined();
});

test("With the whole store forgotten its files and its folder are gone.", () => {
  const store = openTemporaryStore();
  fillWriter(store, "Anna", "harbour");
  fillWriter(store, "Ben", "mountain");
  writeFileSync(`${store.paths.database}.corrupt-5`, "damaged harbour");
  const erased = forgetEverything(store);
  expect(erased.map(({ what }) => what)).toEqual(
    expect.arrayContaining(["sentences (Anna)", "sentences (Ben)", "damaged database, set aside"]),
  );
  expect(existsSync(store.paths.folder)).toBe(false);
  expect(openForTest(store.paths.folder).opening.origin).toEqual({ kind: "created" });
});

test("Files of others in the folder stay when the store is forgotten.", () => {
  const folder = temporaryPath();
  mkdirSync(folder);
  writeFileSync(join(folder, "shopping.txt"), "bread");
  const store = openForTest(folder);
  fillWriter(store, "Anna", "harbour");
  forgetEverything(store);
  expect(readdirSync(folder)).toEqual(["shopping.txt"]);
});
