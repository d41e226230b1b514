import { fromFloatBlob, toFloatBlob } from "../database/columns.ts";
import type { TagUse } from "../repositories/documents.ts";
import type { StoredLabel } from "../repositories/labels.ts";
import type { StoredPassage } from "../repositories/passages.ts";
import type { UnitVector, VectorMaker } from "../repositories/vectors.ts";
import type { Writer } from "../repositories/writers.ts";
import type { Store } from "../store.ts";
import type { KeptDocument } from "./archive-shapes.ts";

const units = ["document", "passage", "sentence"] as const;

/** All documents of a writer with what was read of them, for one base model and one profile version. */
export function* documentsOf(
  store: Store,
  { id: writerId }: Writer,
  modelId: string | undefined,
  profileVersion: string | undefined,
): Generator<KeptDocument> {
  const uses = Map.groupBy(store.documents.tagUses(writerId), ({ documentId }) => documentId);
  const labels = Map.groupBy(store.labels.list(writerId), ({ documentId }) => documentId);
  const passages = Map.groupBy(
    modelId === undefined ? [] : store.passages.list(writerId, modelId),
    ({ documentId }) => documentId,
  );
  for (const { id, tags: _, ...document } of store.documents.list(writerId)) {
    yield {
      ...document,
      tags: (uses.get(id) ?? []).map(({ tag, kind, counts }: TagUse) => ({ tag, kind, counts })),
      sentences: [...store.documents.sentences(id)],
      labels: (labels.get(id) ?? []).map(({ documentId: _, ...label }: StoredLabel) => label),
      passages: (passages.get(id) ?? []).map(({ firstSentence, endSentence, tokens }: StoredPassage) => ({
        modelId: modelId!,
        firstSentence,
        endSentence,
        tokens,
      })),
      vectors: modelId === undefined ? [] : vectorsOf(store, id, modelId, profileVersion),
    };
  }
}

function vectorsOf(
  store: Store,
  documentId: number,
  modelId: string,
  version: string | undefined,
): KeptDocument["vectors"] {
  const makers: readonly VectorMaker[] = [
    { modelId, profileVersion: undefined },
    ...(version === undefined ? [] : [{ modelId, profileVersion: version }]),
  ];
  return makers.flatMap((maker) =>
    units.flatMap((unit) =>
      store.vectors.of(documentId, maker, unit).map(({ unit: of, values }: UnitVector) => ({
        unit: of,
        modelId,
        ...(maker.profileVersion === undefined ? {} : { profileVersion: maker.profileVersion }),
        float32Base64: Buffer.from(toFloatBlob(values)).toString("base64"),
      })),
    ),
  );
}

/** Writes a document that was read elsewhere, with all that was read of it. */
export function keepDocument(store: Store, { id: writerId }: Writer, kept: KeptDocument): void {
  const { tags, sentences, labels, passages, vectors, ...record } = kept;
  const named = (...kinds: readonly TagUse["kind"][]): readonly string[] =>
    tags.filter(({ kind }) => kinds.includes(kind)).map(({ tag }) => tag);
  const document = {
    ...record,
    author: record.author,
    language: record.language,
    dateMs: record.dateMs,
    title: record.title,
    tags: named("field", "spaced"),
    hashtags: named("hashtag"),
    spacedTags: named("spaced"),
  };
  const { id } = store.documents.save(writerId, document, sentences);
  for (const { kind, counts } of tags) store.documents.countTags(id, kind, counts);
  store.labels.replace(
    id,
    labels.map((label) => ({ ...label, sentence: label.sentence })),
  );
  for (const [modelId, cut] of Map.groupBy(passages, (passage) => passage.modelId)) {
    store.passages.replace(id, modelId, cut);
  }
  for (const { modelId, profileVersion, unit, float32Base64 } of vectors) {
    const values = fromFloatBlob(Buffer.from(float32Base64, "base64"));
    store.vectors.save(id, { modelId, profileVersion }, [{ unit, values }]);
  }
}
