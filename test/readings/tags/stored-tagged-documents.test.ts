import { expect, test } from "vitest";
import {
  readTaggedDocument,
  taggedDocuments,
  taggedRecords,
} from "../../../src/readings/tags/tagged-documents.ts";
import { mostFitted } from "../../../src/tags/fitted-documents.ts";
import { openTemporaryStore, sampleDocument, sampleSentences } from "../../store/temporary-store.ts";

const maker = { modelId: "model", profileVersion: undefined };

test("documents before the newest ones are what they would be were they held, and are read when they are looked at", () => {
  const store = openTemporaryStore();
  const { id } = store.writers.ensure("Anna");
  store.inTransaction(() => {
    for (let place = 0; place < mostFitted + 3; place++) {
      const record = {
        path: `/${place}.md`,
        hash: `${place}`,
        dateMs: place,
        tags: ["boats", `tag ${place}`],
      };
      const saved = store.documents.save(id, sampleDocument(record), sampleSentences(`Day ${place} at sea.`));
      if (place % 2 === 1) continue;
      store.vectors.save(saved.id, maker, [
        { unit: { kind: "document" }, values: Float32Array.of(1, place) },
        { unit: { kind: "passage", position: 0 }, values: Float32Array.of(place, 1) },
      ]);
    }
  });
  const records = taggedRecords(store, id);
  const held = records.map((tagged) => readTaggedDocument(store, tagged, maker));
  const documents = taggedDocuments(store, id, maker, []);
  expect(documents.map((document) => ({ ...document }))).toEqual(held);
  let read = 0;
  const { sentences } = store.documents;
  store.documents.sentences = (of) => {
    read += 1;
    return sentences.call(store.documents, of);
  };
  // Two documents in turns, each looked at twice.
  const texts = [0, 0, 1, 1, 0, mostFitted].map((place) => documents[place]!.text);
  expect(texts).toEqual([0, 0, 1, 1, 0, mostFitted].map((place) => held[place]!.text));
  expect(read).toBe(3);
});
