import { expect, test } from "vitest";
import { openTemporaryStore, sampleDocument, sampleSentences } from "../temporary-store.ts";

const prepared = { madeFrom: "title and tags", content: Uint8Array.of(1, 2, 3) };
const maker = { modelId: "base", profileVersion: undefined };

function storeWithOne() {
  const store = openTemporaryStore();
  const anna = store.writers.ensure("Anna").id;
  const save = (hash: string) =>
    store.documents.save(anna, sampleDocument({ path: "/blog/a.md", hash }), sampleSentences(`Fog. ${hash}`));
  const { id } = save("first");
  store.preparedDocuments.keep(new Map([[id, prepared]]));
  return { store, anna, id, save, read: () => store.preparedDocuments.read(id) };
}

test("What is kept of a document comes back, and stays while nothing of it is another.", () => {
  const { store, anna, id, save, read } = storeWithOne();
  expect(read()).toMatchObject(prepared);
  save("first");
  expect(read()).toMatchObject(prepared);
  store.documents.save(anna, sampleDocument({ path: "/blog/b.md" }), []);
  store.documents.remove(anna, "/blog/b.md");
  expect(read()).toMatchObject(prepared);
  const later = { madeFrom: "other tags", content: Uint8Array.of(4) };
  store.preparedDocuments.keep(new Map([[id, later]]));
  expect(read()).toMatchObject(later);
});

test("It goes with the text, with the vectors and with the document.", () => {
  const other = storeWithOne();
  other.save("second");
  expect(other.read()).toBeUndefined();
  const read = storeWithOne();
  read.store.vectors.save(read.id, maker, [{ unit: { kind: "document" }, values: Float32Array.of(1) }]);
  expect(read.read()).toBeUndefined();
  const removed = storeWithOne();
  removed.store.documents.remove(removed.anna, "/blog/a.md");
  expect(removed.read()).toBeUndefined();
  removed.store.preparedDocuments.keep(new Map([[removed.id, prepared]]));
  expect(removed.read()).toBeUndefined();
});

test("What is damaged is absent, and in a store that cannot be written nothing is kept and nothing fails.", () => {
  const { store, id, read } = storeWithOne();
  store.database.execute("PRAGMA query_only = ON");
  store.preparedDocuments.keep(new Map([[id, { madeFrom: "", content: Uint8Array.of(9) }]]));
  expect(read()).toMatchObject(prepared);
  store.database.execute("PRAGMA query_only = OFF; UPDATE prepared_documents SET content = x'010203ff'");
  expect(read()).toBeUndefined();
});
