import { sha256 } from "../../store/database/named-blobs.ts";
import type { KeptDocument, PreparedDocument } from "../../store/repositories/prepared-documents.ts";
import type { VectorMaker } from "../../store/repositories/vectors.ts";
import type { Store } from "../../store/store.ts";
import { decodeTermedDocument, encodeTermedDocument } from "../../tags/encode-termed-document.ts";
import type { TermedDocument } from "../../tags/tagged-document.ts";
import { readTaggedDocument, type TaggedRecord } from "./tagged-documents.ts";

const formatVersion = 1;
/** Read, and written, at a time; some hundreds of kilobytes. */
const documentsPerPart = 128;

/** A document with a name of all that is remembered of its words and vectors. */
export interface NamedDocument {
  readonly document: TermedDocument;
  readonly name: string;
}

/**
 * A writer's documents, taken apart for suggesting tags. Those that the store has are taken from it, and what is new is kept
 * in it, so that opening costs neither taking texts apart nor reading vectors one by one.
 */
export class KeptDocuments {
  /** Opened anew at each use: an editor's server may open another store meanwhile. */
  readonly #sources: { readonly store: Store };
  readonly #maker: VectorMaker;
  readonly #records: readonly TaggedRecord[];
  /** What is kept of the documents up to a place, from some place on. */
  #kept: ReadonlyMap<number, KeptDocument> = new Map();
  #keptUpTo = 0;
  #unkept = new Map<number, PreparedDocument>();
  /** Of the document that was read last. */
  #lent: ArrayBufferLike | undefined;

  /** @param records of all documents that are read, in their order */
  constructor(sources: { readonly store: Store }, records: readonly TaggedRecord[], maker: VectorMaker) {
    this.#sources = sources;
    this.#records = records;
    this.#maker = maker;
  }

  /**
   * What it gives of words and vectors holds until the next one is read.
   *
   * @param place among the records; they are asked for one after the other
   */
  read(place: number): NamedDocument {
    this.#release();
    const tagged = this.#records[place]!;
    const { id, path, title, tags } = tagged.record;
    const facts = { id: path, timeMs: tagged.timeMs, tags };
    const madeFrom = JSON.stringify([formatVersion, this.#maker.modelId, title, tags]);
    const kept = this.#keptOf(place);
    const known = kept?.madeFrom === madeFrom ? decodeTermedDocument(kept.content) : undefined;
    if (known !== undefined) {
      this.#lent = kept!.content.buffer;
      return { document: { ...facts, ...known }, name: kept!.sha256 };
    }
    const content = encodeTermedDocument(readTaggedDocument(this.#sources.store, tagged, this.#maker));
    this.#unkept.set(id, { madeFrom, content });
    if (this.#unkept.size >= documentsPerPart) this.settle();
    return { document: { ...facts, ...decodeTermedDocument(content)! }, name: sha256(content) };
  }

  #keptOf(place: number): KeptDocument | undefined {
    if (place >= this.#keptUpTo) {
      this.#keptUpTo = place + documentsPerPart;
      const ids = this.#records.slice(place, this.#keptUpTo).map(({ record: { id } }) => id);
      this.#kept = this.#sources.store.preparedDocuments.read(ids);
    }
    return this.#kept.get(this.#records[place]!.record.id);
  }

  /** Gives the memory of a row back at once: that of thousands makes the collector come by again and again. */
  #release(): void {
    if (this.#lent instanceof ArrayBuffer) this.#lent.transfer(0);
    this.#lent = undefined;
  }

  /** Keeps what is not kept yet. */
  settle(): void {
    this.#release();
    if (this.#unkept.size > 0) this.#sources.store.preparedDocuments.keep(this.#unkept);
    this.#unkept = new Map();
  }
}
