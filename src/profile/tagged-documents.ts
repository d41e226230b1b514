import type { TaggedDocument } from "../evaluation/tagged-document.ts";
import type { StoredDocument } from "../store/documents.ts";
import type { Store } from "../store/store.ts";
import type { StoredVector, VectorMaker } from "../store/vectors.ts";
import { finish, type Steps } from "../tasks/tags/steps.ts";

/** The writer's documents as the tag methods see them, oldest first, with the vectors that the store has. */
export function taggedDocuments(
  store: Store,
  writerId: number,
  maker: VectorMaker,
): readonly TaggedDocument[] {
  return finish(taggedDocumentsInSteps({ store }, writerId, maker));
}

/** As `taggedDocuments`, in steps of some milliseconds; the store is asked for anew after each. */
export function* taggedDocumentsInSteps(
  source: { readonly store: Store },
  writerId: number,
  maker: VectorMaker,
): Steps<readonly TaggedDocument[]> {
  const passages = Map.groupBy(source.store.vectors.list(writerId, maker, "passage"), byDocument);
  yield;
  const vectors = source.store.vectors.list(writerId, maker, "document");
  const wholes = new Map(vectors.map((one) => [one.documentId, one.values]));
  yield;
  const documents = source.store.documents.list(writerId);
  const firstMs = documents.find(({ dateMs }) => dateMs !== undefined)?.dateMs ?? 0;
  const tagged: TaggedDocument[] = [];
  for (const document of documents) {
    yield;
    tagged.push({
      ...textOf(source.store, document),
      timeMs: document.dateMs ?? firstMs,
      tags: document.tags,
      vectors: (passages.get(document.id) ?? []).map(({ values }) => values),
      vector: wholes.get(document.id) ?? new Float32Array(0),
    });
  }
  return tagged;
}

function textOf(store: Store, { id, path, title = "" }: StoredDocument) {
  const text = store.documents
    .sentences(id)
    .map((sentence) => sentence.text)
    .join(" ");
  return { id: path, title, text };
}

const byDocument = ({ documentId }: StoredVector): number => documentId;
