import { expect, test } from "vitest";
import { StoreCorruptError } from "../../../src/store/errors.ts";
import type { Store } from "../../../src/store/store.ts";
import { openTemporaryStore, sampleDocument, sampleSentences } from "../temporary-store.ts";

const maker = { modelId: "base", profileVersion: undefined };

/** A store with one document, of which one table takes values of any type, as a bad disk writes them. */
function storeWithLoose(table: string) {
  const store = openTemporaryStore();
  const writerId = store.writers.ensure("Anna").id;
  const document = sampleDocument({ path: "/blog/a.md", tags: ["fog"] });
  const { id } = store.documents.save(writerId, document, sampleSentences("Fog."));
  store.vectors.save(id, maker, [{ unit: { kind: "document" }, values: Float32Array.of(1, 2) }]);
  const lesson = { kind: "tone", textHash: "s1", sentence: "Fog.", valence: -0.5 } as const;
  store.corrections.add(writerId, lesson, { maker, values: Float32Array.of(1, 2) });
  store.database.execute(`PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON;
    CREATE TABLE loose AS SELECT * FROM ${table}; DROP TABLE ${table}; ALTER TABLE loose RENAME TO ${table}`);
  return { store, writerId };
}

const list = (store: Store, writer: number): unknown => store.documents.list(writer);
const listTags = (store: Store, writer: number): unknown => store.documents.listTags(writer);
const listVectors = (store: Store, writer: number): unknown => store.vectors.list(writer, maker, "document");
const listLessons = (store: Store, writer: number): unknown => store.corrections.list(writer);
/** More than a number of JavaScript holds exactly. */
const hugeNumber = "9223372036854775807";

test.each([
  ["documents", "title = x'0102'", list],
  ["documents", "title = x'0102'", listTags],
  ["documents", "date_ms = 'soon'", list],
  ["documents", "date_ms = 'soon'", listTags],
  ["documents", `date_ms = ${hugeNumber}`, list],
  ["documents", `date_ms = ${hugeNumber}`, listTags],
  ["document_tags", "tag = x'ff'", list],
  ["document_tags", "tag = x'ff'", listTags],
  ["sentences", "text = x'ff'", (store: Store) => store.documents.sentences(1)],
  ["vectors", "content = x'010203'", listVectors],
  ["vectors", "content = 'abcd'", listVectors],
  ["corrections", "sha256 = NULL, content = 'none'", listLessons],
  ["corrections", "sha256 = NULL, vector = x'010203'", listLessons],
  ["vectors", `position = ${hugeNumber}`, listVectors],
])("A row of %s with %s is told as damage.", (table, damage, read) => {
  const { store, writerId } = storeWithLoose(table);
  expect(read(store, writerId)).toHaveLength(1);
  store.database.execute(`UPDATE ${table} SET ${damage}`);
  expect(() => read(store, writerId)).toThrow(StoreCorruptError);
});
