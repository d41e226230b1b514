import { withoutHashtags } from "../../corpus/text-tags.ts";
import { undatedMs } from "../../numbers/by-date.ts";
import type { AcceptedTag } from "../../store/repositories/accepted-tags.ts";
import type { StoredDocument } from "../../store/repositories/documents.ts";
import type { VectorMaker } from "../../store/repositories/vectors.ts";
import type { Store } from "../../store/store.ts";
import type { TaggedDocument } from "../../tags/tagged-document.ts";
import { acceptedByPath } from "./accepted-texts.ts";

/** A document with tags, and the time at which it counts. */
export interface TaggedRecord {
  readonly record: StoredDocument;
  readonly timeMs: number;
}

/** The writer's documents that have tags, oldest first; those without a date come first. */
export function taggedRecords(store: Store, writerId: number): readonly TaggedRecord[] {
  const records = store.documents.list(writerId);
  const undated = undatedMs(records.map(({ dateMs }) => dateMs));
  return records
    .filter(({ tags }) => tags.length > 0)
    .map((record) => ({ record, timeMs: record.dateMs ?? undated }));
}

/** A document as the tag methods see it, with the vectors that the store has. */
export function readTaggedDocument(
  store: Store,
  { record: { id, path, title = "", tags }, timeMs }: TaggedRecord,
  maker: VectorMaker,
): TaggedDocument {
  const sentences = store.documents.sentences(id);
  // Where the text names its tags, a measure of how well they are found would measure that.
  const text = withoutHashtags(sentences.map((sentence) => sentence.text).join(" "), tags);
  const vectors = store.vectors.of(id, maker, "passage").map(({ values }) => values);
  const [whole] = store.vectors.of(id, maker, "document");
  const vector = whole?.values ?? new Float32Array(0);
  return { id: path, timeMs, title, text, tags, vectors, vector };
}

/** All of the writer's documents that have tags, as the tag methods see them, oldest first. */
export function taggedDocuments(
  store: Store,
  writerId: number,
  maker: VectorMaker,
  acceptedTags: readonly AcceptedTag[],
): readonly TaggedDocument[] {
  const records = taggedRecords(store, writerId);
  const texts = acceptedTags.length === 0 ? [] : records.map(({ record }) => placedText(store, record));
  const accepted = acceptedByPath(acceptedTags, texts);
  return records.map((record) => {
    const own = accepted.get(record.record.path);
    const document = readTaggedDocument(store, record, maker);
    return own === undefined ? document : { ...document, accepted: own };
  });
}

function placedText(store: Store, { id, path }: StoredDocument) {
  return { path, sentences: store.documents.sentences(id).map(({ text }) => text) };
}
