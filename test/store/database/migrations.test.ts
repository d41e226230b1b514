import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseLine } from "../../../src/store/corrections/mirror-line.ts";
import { Database, sqliteModule } from "../../../src/store/database/database.ts";
import { type Migration, migrate, migrations } from "../../../src/store/database/migrations.ts";
import { StoreForeignError, StoreTooNewError } from "../../../src/store/errors.ts";
import { openForTest, openTemporaryStore, sampleDocument, temporaryPath } from "../temporary-store.ts";

const next: Migration = { version: migrations.length + 1, sql: "ALTER TABLE writers ADD COLUMN note TEXT;" };

test("The versions are numbered without gaps from 1.", () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
});

test("A store of the present format is brought to the next with all that is in it.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  store.documents.save(writer.id, sampleDocument(), []);
  expect(migrate(store.database, [...migrations, next])).toEqual({
    from: migrations.length,
    to: next.version,
  });
  expect(store.documents.list(writer.id)).toHaveLength(1);
  expect(migrate(store.database, [...migrations, next])).toEqual({ from: next.version, to: next.version });
});

/** Makes a database of an earlier format with a writer, a lesson and, from format 2 on, a tag from a suggestion. */
function formerStore(folder: string, format: number): void {
  mkdirSync(folder);
  const { DatabaseSync } = sqliteModule();
  using connection = new DatabaseSync(join(folder, "idiolect.sqlite"));
  migrate(new Database(connection, folder), migrations.slice(0, format));
  const lesson = { kind: "tone", textHash: "s", sentence: "Lovely, of course.", valence: -1 };
  connection.exec(`INSERT INTO writers VALUES (1, 'Anna', '["/blog"]', 5);
    INSERT INTO documents VALUES (1, 1, '/blog/a.md', 'h', 1, 1.5, NULL, NULL, NULL, NULL, 3);
    INSERT INTO corrections VALUES (1, 'c1', 1, 7, '${JSON.stringify(lesson)}', NULL, NULL);
    INSERT INTO leases VALUES ('learner', 4711, 'token', 1, 1);`);
  if (format >= 2) connection.exec("INSERT INTO accepted_tags VALUES (1, '/blog/a.md', 'tea', 9)");
  const line = { version: 1, id: "c1", writer: "Anna", createdMs: 7, lesson, note: "of another program" };
  writeFileSync(join(folder, "corrections.jsonl"), `${JSON.stringify(line)}\n`);
}

test.each([1, 2])("A store of format %i is brought to the present with all that is in it.", (format) => {
  const folder = temporaryPath();
  formerStore(folder, format);
  const store = openForTest(folder);
  expect(store.opening).toMatchObject({
    origin: { kind: "migrated", fromFormat: format },
    restoredCorrections: 0,
  });
  expect(store.documents.list(1)).toHaveLength(1);
  expect(store.corrections.list(1)).toMatchObject([{ id: "c1", lesson: { valence: -1 } }]);
  const taken = { path: "/blog/a.md", textHash: "", tag: "tea", acceptedMs: 9 };
  expect(store.acceptedTags.list(1)).toMatchObject(format === 1 ? [] : [taken]);
  expect(store.lease.acquire(1)).toMatchObject({ kind: "acquired", takenOverFrom: 4711 });
});

test("Lines of the mirror that an earlier version wrote get checksums, and keep what others added to them.", () => {
  const folder = temporaryPath();
  formerStore(folder, 2);
  openForTest(folder).close();
  const text = readFileSync(join(folder, "corrections.jsonl"), "utf8");
  expect(text).toContain('"note":"of another program"');
  expect(text.trim().split("\n").map(parseLine)).toMatchObject([{ kind: "entry", hasChecksum: true }]);
});

test("A step that fails half-way leaves the former format.", () => {
  const store = openTemporaryStore();
  const broken = { ...next, sql: `${next.sql} CREATE TABLE writers (id);` };
  expect(() => migrate(store.database, [...migrations, broken])).toThrow("already exists");
  expect(migrate(store.database)).toEqual({ from: migrations.length, to: migrations.length });
  expect(() => store.database.execute("SELECT note FROM writers")).toThrow("no such column");
});

test("A store of a newer version is refused in words and left untouched.", () => {
  const folder = temporaryPath();
  const newer = openForTest(folder);
  newer.writers.ensure("Anna");
  migrate(newer.database, [...migrations, next]);
  newer.close();
  expect(() => openForTest(folder)).toThrow(StoreTooNewError);
  expect(() => openForTest(folder)).toThrow(`has format ${next.version}`);
});

test("A database of another program is refused and left untouched.", () => {
  const store = openTemporaryStore();
  store.database.execute("PRAGMA application_id = 0");
  expect(() => migrate(store.database)).toThrow(StoreForeignError);
});
