import { expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import { openTemporaryStore, sampleDocument, sampleSentences } from "./temporary-store.ts";

const part = { madeFrom: "two documents", content: Uint8Array.of(1, 2, 3) };

function storeWithPart() {
  const store = openTemporaryStore();
  const anna = store.writers.ensure("Anna").id;
  store.preparedTags.keep(anna, "rows", part);
  return { store, anna, read: () => store.preparedTags.read(anna, "rows") };
}

test("What is kept comes back by its name, to every program, until something else has the name.", () => {
  const { store, anna, read } = storeWithPart();
  using other = openStore(store.paths.folder);
  expect(other.preparedTags.read(anna, "rows")).toMatchObject(part);
  expect(read()).toMatchObject(part);
  expect(store.preparedTags.read(anna, "vectors")).toBeUndefined();
  expect(store.preparedTags.read(store.writers.ensure("Ben").id, "rows")).toBeUndefined();
  const later = { madeFrom: "three documents", content: Uint8Array.of(4) };
  store.preparedTags.keep(anna, "rows", later);
  expect(read()).toMatchObject(later);
});

test("What is damaged is absent.", () => {
  const { store, read } = storeWithPart();
  store.database.execute("UPDATE prepared_tags SET content = x'010203ff'");
  expect(read()).toBeUndefined();
});

test("It goes with a document that is removed and stays with one that is renamed.", () => {
  const { store, anna, read } = storeWithPart();
  const sentences = sampleSentences("Fog lay on the harbour.");
  store.documents.save(anna, sampleDocument({ path: "/blog/a.md" }), sentences);
  store.documents.save(anna, sampleDocument({ path: "/blog/b.md" }), sentences);
  store.documents.move(anna, "/blog/a.md", "/blog/b.md");
  expect(read()).toMatchObject(part);
  store.documents.remove(anna, "/blog/b.md");
  expect(read()).toBeUndefined();
});

test("For a writer who was forgotten meanwhile, and in a store that cannot be written, nothing is kept and nothing fails.", () => {
  const { store, anna, read } = storeWithPart();
  store.database.run("DELETE FROM writers WHERE id = ?", anna);
  store.preparedTags.keep(anna, "rows", part);
  expect(read()).toBeUndefined();
  const ben = store.writers.ensure("Ben").id;
  store.database.execute("PRAGMA query_only = ON");
  store.preparedTags.keep(ben, "rows", part);
  expect(store.preparedTags.read(ben, "rows")).toBeUndefined();
});
