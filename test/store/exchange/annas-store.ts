import { openArchive } from "../../../src/store/exchange/archive.ts";
import { exportWriter } from "../../../src/store/exchange/export-writer.ts";
import { importWriter, type ProfileChoice } from "../../../src/store/exchange/import-writer.ts";
import type { Store } from "../../../src/store/store.ts";
import { openTemporaryStore, StillClock, sampleDocument, sampleSentences } from "../temporary-store.ts";

export const file = "anna.idiolect";
export const baseModelId = "base";
export const sentences = [
  "The herring came in at dusk.",
  "Nobody had asked the harbour master for his opinion.",
  "It rained, as it does.",
];

/** Anna's export. */
export const bytesOf = (store: Store, withText = false): Uint8Array =>
  exportWriter(store, store.writers.named("Anna")!, { withText, madeBy: "0.1.0" }).bytes;

/** Imports into a store. */
export const take = (store: Store, bytes: Uint8Array, profile?: ProfileChoice) =>
  importWriter(store, openArchive(file, bytes), { baseModelId, profile });

/** All that a store says of Anna, without the numbers of its rows. */
export function sayingsOf(store: Store) {
  const { id, createdMs } = store.writers.named("Anna") ?? { id: -1 };
  if (createdMs === undefined) return undefined;
  return {
    createdMs,
    chosenFiles: store.writers.chosenFiles(id),
    lessons: store.corrections.list(id),
    withdrawn: [...store.corrections.withdrawn(id)].sort(),
    mirror: store.mirror
      .read()
      .map(({ text }) => text)
      .sort(),
    acceptedTags: store.acceptedTags.list(id).map(({ number: _, ...tag }) => tag),
    renamedTags: store.renamedTags.list(id),
    versions: store.profileVersions
      .list(id)
      .map((version) => ({ ...version, blobs: store.profileVersions.blobs(version.id) })),
    documents: store.documents.list(id).map(({ id: document, ...record }) => ({
      ...record,
      uses: store.documents
        .tagUses(id)
        .filter(({ documentId }) => documentId === document)
        .map(({ tag, kind, counts }) => ({ tag, kind, counts })),
      sentences: store.documents.sentences(document),
      labels: store.labels
        .list(id)
        .filter(({ documentId }) => documentId === document)
        .map(({ documentId: _, ...label }) => label),
      vectors: store.vectors.of(document, { modelId: baseModelId, profileVersion: undefined }, "document"),
      passages: store.passages
        .list(id, baseModelId)
        .filter(({ documentId }) => documentId === document)
        .map(({ documentId: _, ...passage }) => passage),
    })),
  };
}

const report = { note: "kept as it is" };
/** A profile version that is told by its mark. */
export const content = (mark: number, base = baseModelId) => ({
  baseModelId: base,
  formatVersion: 1,
  report,
  blobs: { delta: Uint8Array.of(mark, 2, 3), tags: Buffer.from(`{"mark":${mark}}`) },
});

/** A store in which Anna has something of everything. */
export function annasStore(clock = new StillClock()): Store {
  const store = openTemporaryStore({ clock: clock.read });
  const { id } = store.writers.ensure("Anna");
  store.writers.setFolders(id, ["/home/anna/blog"], { "/home/anna/blog": "/disk/blog" });
  store.writers.setChosenFiles(id, {
    exclude: ["drafts/**"],
    leaveOut: ["/home/anna/private"],
    by: "editor",
  });
  const document = store.documents.save(
    id,
    sampleDocument({ hashtags: ["fog"], spacedTags: ["hero tags"] }),
    sampleSentences(...sentences),
  );
  store.documents.countTags(document.id, "hashtag", true);
  store.labels.replace(document.id, [{ sentence: undefined, source: "mood", valence: -0.5, weight: 1 }]);
  store.passages.replace(document.id, baseModelId, [{ firstSentence: 0, endSentence: 2, tokens: 12 }]);
  const maker = { modelId: baseModelId, profileVersion: undefined };
  store.vectors.save(document.id, maker, [{ unit: { kind: "document" }, values: Float32Array.of(1, -0.25) }]);
  store.corrections.add(
    id,
    { kind: "tone", textHash: "s1", sentence: sentences[0]!, valence: 1, documentPath: "/blog/harbour.md" },
    { maker, values: Float32Array.of(0.5, 3e-9) },
  );
  clock.nowMs += 1_000;
  store.corrections.add(id, { kind: "tagVetoed", textHash: "d1", tag: "Sea" });
  store.corrections.withdraw(store.corrections.add(id, { kind: "tagAdded", textHash: "d1", tag: "Fog" }).id);
  const text = { path: "/blog/harbour.md", textHash: "d1", sentences: Uint8Array.of(1, 2, 250) };
  store.acceptedTags.add(id, text, ["Tides", "boats"]);
  store.renamedTags.add(id, { from: "Ocean", to: "Sea" });
  store.profileVersions.add(id, content(1), "activate");
  clock.nowMs += 1_000;
  store.profileVersions.add(id, content(2), "activate");
  return store;
}
