import { expect, test } from "vitest";
import { openTemporaryStore, sampleDocument, sampleSentences } from "../temporary-store.ts";

test("Labels of sentences and of whole documents come back in their order, and replacing replaces.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const { id } = store.documents.save(writer.id, sampleDocument(), sampleSentences("Fog :("));
  const rating = { sentence: undefined, source: "rating", valence: 0.5, weight: 0.8 };
  const emoticon = { sentence: 0, source: "emoticon", valence: -0.5, weight: 0.3 };
  store.labels.replace(id, [rating, emoticon]);
  expect(store.labels.list(writer.id)).toEqual([
    { documentId: id, ...rating },
    { documentId: id, ...emoticon },
  ]);
  store.labels.replace(id, [emoticon]);
  expect(store.labels.list(writer.id)).toEqual([{ documentId: id, ...emoticon }]);
});
