import { withoutHashtags } from "../../corpus/text-tags.ts";
import { byDate, undatedMs } from "../../numbers/by-date.ts";
import type { AcceptedTag } from "../../store/repositories/accepted-tags.ts";
import type { NamedTags } from "../../store/repositories/documents.ts";
import type { VectorMaker } from "../../store/repositories/vectors.ts";
import type { Store } from "../../store/store.ts";
import { mostFitted, nameFittedDocument } from "../../tags/fitted-documents.ts";
import type { TaggedDocument } from "../../tags/tagged-document.ts";
import { acceptedByPath, type PlacedText } from "./accepted-texts.ts";
import { tagNow } from "./present-lessons.ts";

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
  const vectors = passageVectorsOf(store, id, maker);
  return { ...readTaggedText(store, tagged), vectors, vector: wholeVectorOf(store, id, maker) };
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
  const accepted = acceptedIn(store, writerId, acceptedTags);
  return records.map((tagged) => {
    const own = accepted.get(tagged.record.path);
    return nameFittedDocument({ ...readTaggedText(store, tagged), ...(own && { accepted: own }) });
  });
}

/**
 * All of the writer's documents that have tags, as the tag methods see them, oldest first. Nothing is asked about any but the
 * newest: the others are read from the store whenever they are looked at, for thousands do not fit the learner's memory.
 */
export function taggedDocuments(
  store: Store,
  writerId: number,
  maker: VectorMaker,
  acceptedTags: readonly AcceptedTag[],
): readonly TaggedDocument[] {
  const accepted = acceptedIn(store, writerId, acceptedTags);
  const records = taggedRecords(store, writerId);
  const firstHeld = records.length - mostFitted;
  const older = new UnheldContents(store, maker);
  return records.map((tagged, place) => {
    const own = accepted.get(tagged.record.path);
    const document = place < firstHeld ? older.document(tagged) : readTaggedDocument(store, tagged, maker);
    return own === undefined
      ? document
      : Object.defineProperty(document, "accepted", { value: own, enumerable: true });
  });
}

/** Texts and vectors of documents, of which only those that were read last are held. */
class UnheldContents {
  readonly #store: Store;
  readonly #maker: VectorMaker;
  #text: { readonly of: number; readonly text: string } | undefined;
  #vectors: { readonly of: number; readonly vectors: readonly Float32Array[] } | undefined;

  constructor(store: Store, maker: VectorMaker) {
    this.#store = store;
    this.#maker = maker;
  }

  document(tagged: TaggedRecord): TaggedDocument {
    const contents = this;
    const { id, path, title = "", tags } = tagged.record;
    return {
      id: path,
      timeMs: tagged.timeMs,
      title,
      tags,
      get text() {
        return contents.#textOf(tagged);
      },
      get vectors() {
        return contents.#vectorsOf(id);
      },
      get vector() {
        return wholeVectorOf(contents.#store, id, contents.#maker);
      },
    };
  }

  #textOf(tagged: TaggedRecord): string {
    const { id } = tagged.record;
    if (this.#text?.of !== id) this.#text = { of: id, text: readTaggedText(this.#store, tagged).text };
    return this.#text.text;
  }

  #vectorsOf(id: number): readonly Float32Array[] {
    if (this.#vectors?.of !== id) {
      this.#vectors = { of: id, vectors: passageVectorsOf(this.#store, id, this.#maker) };
    }
    return this.#vectors.vectors;
  }
}

const passageVectorsOf = (store: Store, id: number, maker: VectorMaker): readonly Float32Array[] =>
  store.vectors.of(id, maker, "passage").map(({ values }) => values);

const wholeVectorOf = (store: Store, id: number, maker: VectorMaker): Float32Array =>
  store.vectors.of(id, maker, "document")[0]?.values ?? new Float32Array(0);

/** Tags that were taken for each document, by the names that they have now. */
function acceptedIn(store: Store, writerId: number, taken: readonly AcceptedTag[]) {
  if (taken.length === 0) return acceptedByPath([], []);
  const present = tagNow(store, writerId);
  const renamed = taken.map((accepted) => ({ ...accepted, tag: present(accepted.tag) }));
  return acceptedByPath(renamed, placedTexts(store, writerId));
}

function placedTexts(store: Store, writerId: number): readonly PlacedText[] {
  return taggedRecords(store, writerId).map(({ record: { id, path } }) => {
    return { path, sentences: store.documents.sentences(id).map(({ text }) => text) };
  });
}
