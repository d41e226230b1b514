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
  return { store, anna, id, save, read: () => store.preparedDocuments.read([id]).get(id) };
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

test("Documents are read together: each by its id, and none that is damaged, unknown or not asked for.", () => {
  const { store, anna, id } = storeWithOne();
  const others = ["b", "c", "d"].map((name, at) => {
    const other = store.documents.save(anna, sampleDocument({ path: `/blog/${name}.md` }), []).id;
    store.preparedDocuments.keep(new Map([[other, { madeFrom: name, content: Uint8Array.of(at) }]]));
    return other;
  });
  const [b, c, d] = others as [number, number, number];
  store.database.execute(`UPDATE prepared_documents SET content = x'ff' WHERE document_id = ${c}`);
  const read = store.preparedDocuments.read([d, c, id, 1000]);
  expect(new Set(read.keys())).toEqual(new Set([id, d]));
  expect(read.get(d)).toMatchObject({ madeFrom: "d", content: Uint8Array.of(2) });
  expect(store.preparedDocuments.read([b]).get(b)).toMatchObject({ madeFrom: "b" });
});
