import { expect, test } from "vitest";
import { openTemporaryStore, sampleDocument } from "../temporary-store.ts";

test("Spellings of a tag are counted together, and the most used spelling names it.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const posts = [
    { dateMs: 1, tags: ["javascript", "Sea"] },
    { dateMs: 2, tags: ["JavaScript", "sea"] },
    { dateMs: 3, tags: ["JavaScript", "javascript "] },
    { dateMs: undefined, tags: ["fog"] },
  ];
  posts.forEach((post, index) => {
    store.documents.save(writer.id, sampleDocument({ path: `${index}.md`, ...post }), []);
  });
  expect(store.vocabulary.list(writer.id)).toEqual([
    { tag: "javascript", folded: "javascript", documents: 3, firstMs: 1, lastMs: 3 },
    { tag: "sea", folded: "sea", documents: 2, firstMs: 1, lastMs: 2 },
    { tag: "fog", folded: "fog", documents: 1, firstMs: undefined, lastMs: undefined },
  ]);
});
