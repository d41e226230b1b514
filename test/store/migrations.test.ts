import { expect, test } from "vitest";
import { StoreForeignError, StoreTooNewError } from "../../src/store/errors.ts";
import { type Migration, migrate, migrations } from "../../src/store/migrations.ts";
import { openForTest, openTemporaryStore, sampleDocument, temporaryPath } from "./temporary-store.ts";

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

test("A store of format 1 comes to know tags taken from suggestions, and keeps what it has.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  store.documents.save(writer.id, sampleDocument(), []);
  store.database.execute("DROP TABLE accepted_tags; PRAGMA user_version = 1");
  expect(migrate(store.database)).toEqual({ from: 1, to: migrations.length });
  store.acceptedTags.add(writer.id, "/a.md", ["tea"]);
  expect(store.acceptedTags.list(writer.id)).toHaveLength(1);
  expect(store.documents.list(writer.id)).toHaveLength(1);
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
