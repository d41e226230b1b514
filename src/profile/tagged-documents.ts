import type { TaggedDocument } from "../evaluation/tagged-document.ts";
import type { StoredDocument } from "../store/documents.ts";
import type { Store } from "../store/store.ts";
import type { StoredVector, VectorMaker } from "../store/vectors.ts";

/** The writer's documents as the tag methods see them, oldest first, with the vectors that the store has. */
export function taggedDocuments(
  store: Store,
  writerId: number,
  maker: VectorMaker,
): readonly TaggedDocument[] {
  const passages = Map.groupBy(store.vectors.list(writerId, maker, "passage"), byDocument);
  const wholes = new Map(
    store.vectors.list(writerId, maker, "document").map((one) => [one.documentId, one.values]),
  );
  const documents = store.documents.list(writerId);
  const firstMs = documents.find(({ dateMs }) => dateMs !== undefined)?.dateMs ?? 0;
  return documents.map((document) => ({
    ...textOf(store, document),
    timeMs: document.dateMs ?? firstMs,
    tags: document.tags,
    vectors: (passages.get(document.id) ?? []).map(({ values }) => values),
    vector: wholes.get(document.id) ?? new Float32Array(0),
  }));
}

function textOf(store: Store, { id, path, title = "" }: StoredDocument) {
  const text = store.documents
    .sentences(id)
    .map((sentence) => sentence.text)
    .join(" ");
  return { id: path, title, text };
}

const byDocument = ({ documentId }: StoredVector): number => documentId;
