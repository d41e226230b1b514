import { withoutHashtags } from "../../corpus/text-tags.ts";
import { byDate, undatedMs } from "../../numbers/by-date.ts";
import type { AcceptedTag } from "../../store/repositories/accepted-tags.ts";
import type { NamedTags } from "../../store/repositories/documents.ts";
import type { VectorMaker } from "../../store/repositories/vectors.ts";
import type { Store } from "../../store/store.ts";
import { mostFitted, nameFittedDocument } from "../../tags/fitted-documents.ts";
import type { TaggedDocument } from "../../tags/tagged-document.ts";
import { acceptedByPath, type PlacedText } from "./accepted-texts.ts";

/** A document with tags, and the time at which it counts. */
export interface TaggedRecord {
  readonly record: NamedTags;
  readonly timeMs: number;
}

/** The writer's documents that have tags, oldest first; those without a date come first. */
export function taggedRecords(store: Store, writerId: number): readonly TaggedRecord[] {
  const records = store.documents.listTags(writerId);
  const undated = undatedMs(records.map(({ dateMs }) => dateMs));
  return records
    .filter(({ tags }) => tags.length > 0)
    .map((record) => ({ record, timeMs: record.dateMs ?? undated }));
}

/** The text of a document as the tag methods see it. */
export function readTaggedText(
  store: Store,
  { record: { id, path, title = "", tags }, timeMs }: TaggedRecord,
): Omit<TaggedDocument, "vectors" | "vector"> {
  const sentences = store.documents.sentences(id);
  // Where the text names its tags, a measure of how well they are found would measure that.
  const text = withoutHashtags(sentences.map((sentence) => sentence.text).join(" "), tags);
  return { id: path, timeMs, title, text, tags };
}

/** A document as the tag methods see it, with the vectors that the store has. */
export function readTaggedDocument(store: Store, tagged: TaggedRecord, maker: VectorMaker): TaggedDocument {
  const { id } = tagged.record;
  const vectors = store.vectors.of(id, maker, "passage").map(({ values }) => values);
  const [whole] = store.vectors.of(id, maker, "document");
  const vector = whole?.values ?? new Float32Array(0);
  return { ...readTaggedText(store, tagged), vectors, vector };
}

/** Names of the newest documents, as in `TagLearned.fittedOn`. */
export function namesOfNewest(
  store: Store,
  writerId: number,
  acceptedTags: readonly AcceptedTag[],
): readonly string[] {
  const records = byDate(
    taggedRecords(store, writerId).map((tagged) => ({ ...tagged, id: tagged.record.path })),
  ).slice(-mostFitted);
  const accepted = acceptedByPath(
    acceptedTags,
    acceptedTags.length === 0 ? [] : placedTexts(store, writerId),
  );
  return records.map((tagged) => {
    const own = accepted.get(tagged.record.path);
    return nameFittedDocument({ ...readTaggedText(store, tagged), ...(own && { accepted: own }) });
  });
}

/** All of the writer's documents that have tags, as the tag methods see them, oldest first. */
export function taggedDocuments(
  store: Store,
  writerId: number,
  maker: VectorMaker,
  acceptedTags: readonly AcceptedTag[],
): readonly TaggedDocument[] {
  const accepted = acceptedByPath(
    acceptedTags,
    acceptedTags.length === 0 ? [] : placedTexts(store, writerId),
  );
  return taggedRecords(store, writerId).map((record) => {
    const own = accepted.get(record.record.path);
    const document = readTaggedDocument(store, record, maker);
    return own === undefined ? document : { ...document, accepted: own };
  });
}

function placedTexts(store: Store, writerId: number): readonly PlacedText[] {
  return taggedRecords(store, writerId).map(({ record: { id, path } }) => {
    return { path, sentences: store.documents.sentences(id).map(({ text }) => text) };
  });
}
