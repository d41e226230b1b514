import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inEnglish } from "../../../src/said/said.ts";
import { entryLine } from "../../../src/store/corrections/mirror-line.ts";
import { sqliteModule } from "../../../src/store/database/database.ts";
import {
  ErasureIncompleteError,
  LearnerRunningError,
  UnknownWriterError,
} from "../../../src/store/errors.ts";
import { forgetEverything, forgetWriter } from "../../../src/store/forgetting/forget.ts";
import { holdings, writerInventory } from "../../../src/store/inventory.ts";
import { openForTest, openTemporaryStore, temporaryPath } from "../temporary-store.ts";
import { fillWriter } from "./fill-writer.ts";

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
    expect(erased.slice(ours.length).map(({ what }) => inEnglish(what))).toEqual([
      "damaged database, set aside",
    ]);
    expect(store.writers.list().map(({ name }) => name)).toEqual(["Ben"]);
    expect(writerInventory(store, ben)).toEqual(theirs);
    expect(store.documents.list(ben.id)).toEqual(mountains);
    store.close();
    const after = openForTest(store.paths.folder);
    expect(after.opening).toMatchObject({ origin: { kind: "existing" }, restoredCorrections: 0 });
    expect(filesWith(store.paths.folder, "harbour")).toEqual([]);
  },
);

test("The name of a forgotten writer goes from the reports of others in the same folder, and nothing else of them.", () => {
  const store = openTemporaryStore();
  fillWriter(store, "Anna Sommerfeld", "harbour");
  const ben = fillWriter(store, "Ben", "mountain");
  const report = (names: readonly string[]) => ({
    corpus: { words: 9, authors: names.map((name) => ({ name, documents: 1 })) },
    gate: {},
  });
  const version = {
    baseModelId: "base",
    formatVersion: 1,
    blobs: {},
    report: report(["Ben", "Anna Sommerfeld"]),
  };
  store.profileVersions.add(ben.id, version, "activate");
  forgetWriter(store, "Anna Sommerfeld");
  expect(filesWith(store.paths.folder, "Sommerfeld")).toEqual([]);
  expect(store.profileVersions.active(ben.id)!.report).toEqual(report(["Ben"]));
});

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
  expect(store.writers.list()).toEqual([]);
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
  expect(erased.map(({ what }) => inEnglish(what))).toEqual(
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

test("A folder 'cache' beside the store's files is the user's own and stays.", () => {
  const store = openTemporaryStore();
  fillWriter(store, "Anna", "harbour");
  fillWriter(store, "Ben", "mountain");
  const cache = join(store.paths.folder, "cache");
  mkdirSync(cache);
  writeFileSync(join(cache, "own"), "bread");
  forgetWriter(store, "Anna");
  forgetEverything(store);
  expect(readdirSync(store.paths.folder, { recursive: true }).sort()).toEqual([
    "cache",
    join("cache", "own"),
  ]);
});

test("A writer whom the store does not know is told, with those whom it knows.", () => {
  const store = openTemporaryStore();
  fillWriter(store, "Ben", "mountain");
  expect(() => forgetWriter(store, "Nobody")).toThrow(UnknownWriterError);
  expect(() => forgetWriter(store, "Nobody")).toThrow("no writer named Nobody. Known: Ben.");
});

// Of a passage only numbers are kept, which say nothing without the rest.
const telling = holdings.filter(({ table }) => table !== "passages");

test.each(telling.map(({ table, columns }) => ({ table, columns })))(
  "A copy of $table that is left is found, named, and looked for again until it is gone.",
  ({ table, columns }) => {
    const store = openTemporaryStore();
    fillWriter(store, "Anna Sommerfeld", "harbour", 2);
    fillWriter(store, "Ben", "mountain", 2);
    store.database.execute(`CREATE TABLE left_over AS SELECT ${columns.join(", ")} FROM ${table}`);
    const named = { message: expect.stringContaining("idiolect.sqlite") };
    expect(() => forgetWriter(store, "Anna Sommerfeld")).toThrow(ErasureIncompleteError);
    expect(() => forgetWriter(store, "Anna Sommerfeld")).toThrow(expect.objectContaining(named));
    store.database.execute("DROP TABLE left_over");
    expect(forgetWriter(store, "Anna Sommerfeld")).toEqual([]);
    expect(() => forgetWriter(store, "Anna Sommerfeld")).toThrow(UnknownWriterError);
    expect(filesWith(store.paths.folder, "harbour")).toEqual([]);
  },
);

test.each(["profile_blobs", "checkpoint_blobs"])(
  "A blob of '%s' that is left is found by its bytes alone.",
  (table) => {
    const store = openTemporaryStore();
    fillWriter(store, "Anna", "harbour", 1);
    store.database.execute(`CREATE TABLE left_over AS SELECT content FROM ${table}`);
    expect(() => forgetWriter(store, "Anna")).toThrow(ErasureIncompleteError);
  },
);

test("Rows that have lost their document go as well.", () => {
  const store = openTemporaryStore();
  fillWriter(store, "Anna", "harbour");
  const lost = "INSERT INTO sentences VALUES (999, 0, 0, 0, 9, 'Nobody knows whose harbour it was.', NULL)";
  store.database.execute(`PRAGMA foreign_keys = OFF; ${lost}; PRAGMA foreign_keys = ON`);
  forgetWriter(store, "Anna");
  expect(filesWith(store.paths.folder, "harbour")).toEqual([]);
});

test("With one writer forgotten, lines of newer versions and keys of others that are not known stay.", () => {
  const store = openTemporaryStore();
  fillWriter(store, "Anna", "harbour");
  const ben = fillWriter(store, "Ben", "mountain");
  const lines = [
    '{"version":9,"writer":"Ben","what":"only later known"}',
    '{"version":9,"what":"of no writer"}',
    '{"version":9,"writer":"Anna","what":"hers"}',
    '{"version":9,"what":"In post 3, line 4, the harbour was grey and wide."}',
  ];
  const known = {
    id: "c9",
    writer: "Ben",
    createdMs: 5,
    lesson: { kind: "tagAdded", textHash: "d", tag: "t" },
  } as const;
  store.mirror.append([...lines, entryLine(known, { colour: "blue" })]);
  forgetWriter(store, "Anna");
  const mirror = readFileSync(store.paths.mirror, "utf8");
  expect(lines.map((line) => mirror.includes(line))).toEqual([true, true, false, false]);
  expect(mirror).toContain('"colour":"blue"');
  store.close();
  const after = openForTest(store.paths.folder);
  expect(after.opening).toMatchObject({ restoredCorrections: 1, damagedMirrorLines: 0 });
  expect(after.corrections.list(ben.id)).toHaveLength(3);
  expect(readFileSync(store.paths.mirror, "utf8")).toBe(mirror);
});
