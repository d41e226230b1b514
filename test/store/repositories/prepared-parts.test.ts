import { expect, test } from "vitest";
import { sha256 } from "../../../src/store/database/named-blobs.ts";
import { partOf } from "../../../src/store/repositories/prepared-parts.ts";
import { openTemporaryStore, sampleDocument, sampleSentences } from "../temporary-store.ts";

const prepared = { madeFrom: "title and tags", content: Uint8Array.of(1, 2, 3) };
const part = { madeFrom: "two documents", content: Uint8Array.of(4, 5, 6, 7) };
const maker = { modelId: "base", profileVersion: undefined };

/** A store with two documents of one part, one of another, and what is prepared of each. */
function storeWithParts() {
  const store = openTemporaryStore();
  const anna = store.writers.ensure("Anna").id;
  const save = (name: string, hash = name) =>
    store.documents.save(anna, sampleDocument({ path: `/${name}.md`, hash }), sampleSentences(hash)).id;
  const ids = [save("a"), save("b")];
  store.database.execute(`INSERT INTO documents (id, writer_id, path, hash, size_bytes, mtime_ms, words)
    VALUES (999, ${anna}, '/far.md', 'h', 1, 1, 1)`);
  store.preparedDocuments.keep(new Map([...ids, 999].map((id) => [id, prepared])));
  const name = sha256(prepared.content);
  const keep = (documents: readonly number[], names = documents.map(() => name)) =>
    store.preparedParts.keep(
      anna,
      partOf(documents[0]!),
      part,
      new Map(documents.map((id, at) => [id, names[at]!])),
    );
  keep(ids);
  keep([999]);
  const read = (number = 0) => store.preparedParts.read(anna, number);
  return { store, anna, ids, save, keep, read };
}

test("A part comes back, and stays while nothing else is prepared of its documents.", () => {
  const { store, anna, save, read } = storeWithParts();
  expect(read()).toMatchObject(part);
  expect(read(partOf(999))).toMatchObject(part);
  save("a");
  save("c");
  store.documents.remove(anna, "/c.md");
  expect(read()).toMatchObject(part);
  expect(store.preparedParts.read(anna + 1, 0)).toBeUndefined();
});

test.each<[string, (parts: ReturnType<typeof storeWithParts>) => void]>([
  ["another text", ({ save }) => save("b", "another text")],
  ["other vectors", ({ store, ids }) => store.vectors.save(ids[1]!, maker, [])],
  ["other tags", ({ store, ids }) => store.preparedDocuments.keep(new Map([[ids[1]!, prepared]]))],
  ["gone", ({ store, anna }) => store.documents.remove(anna, "/b.md")],
  [
    "a document of a writer who is forgotten",
    ({ store, anna }) => store.database.run("DELETE FROM writers WHERE id = ?", anna),
  ],
])("A part goes when one of its documents has, or is, %s.", (what, change) => {
  const parts = storeWithParts();
  change(parts);
  expect(parts.read()).toBeUndefined();
  const isForgotten = what.includes("forgotten");
  expect(parts.read(partOf(999)) === undefined).toBe(isForgotten);
});

test("A part is not kept where something else is prepared of a document meanwhile, or nothing any more.", () => {
  const { store, ids, keep, read } = storeWithParts();
  store.preparedDocuments.keep(new Map([[ids[0]!, { madeFrom: "", content: Uint8Array.of(9) }]]));
  keep(ids);
  expect(read()).toBeUndefined();
  keep([ids[1]!, 77]);
  expect(read()).toBeUndefined();
  keep([ids[1]!]);
  expect(read()).toMatchObject(part);
});

test("What is damaged is absent, and in a store that cannot be written nothing is kept and nothing fails.", () => {
  const { store, ids, keep, read } = storeWithParts();
  store.database.execute("DELETE FROM prepared_parts; PRAGMA query_only = ON");
  keep(ids);
  expect(read()).toBeUndefined();
  store.database.execute("PRAGMA query_only = OFF");
  keep(ids);
  expect(read()).toMatchObject(part);
  store.database.execute("UPDATE prepared_parts SET content = x'010203ff'");
  expect(read()).toBeUndefined();
});
