import { sha256 } from "../../store/database/named-blobs.ts";
import { partOf } from "../../store/repositories/prepared-parts.ts";
import type { KeptPrepared, Prepared } from "../../store/repositories/prepared-table.ts";
import type { VectorMaker } from "../../store/repositories/vectors.ts";
import type { Store } from "../../store/store.ts";
import {
  type DocumentPart,
  decodeDocumentPart,
  type EncodedDocument,
  encodeDocumentPart,
} from "../../tags/document-part.ts";
import { decodeTermedDocument, encodeTermedDocument } from "../../tags/encode-termed-document.ts";
import { readTaggedDocument, type TaggedRecord } from "./tagged-documents.ts";

const formatVersion = 1;
const partVersion = 1;

/** Documents that are kept together. */
export interface KeptGroup {
  readonly number: number;
  readonly records: readonly TaggedRecord[];
}

interface KeptSources {
  /** Opened anew at each use: an editor's server may open another meanwhile. */
  readonly store: Store;
  readonly writerId: number;
}

/**
 * A writer's documents, taken apart for suggesting tags. What the store has is taken from it, and what is new is kept in it:
 * each document, which goes with its text, and parts of many, so that opening costs neither taking texts apart nor a row
 * for each.
 */
export class KeptDocuments {
  readonly #sources: KeptSources;
  readonly #maker: VectorMaker;
  readonly groups: readonly KeptGroup[];

  constructor(sources: KeptSources, records: readonly TaggedRecord[], maker: VectorMaker) {
    this.#sources = sources;
    this.#maker = maker;
    const byId = [...records].sort((a, b) => a.record.id - b.record.id);
    this.groups = Array.from(
      Map.groupBy(byId, ({ record }) => partOf(record.id)),
      ([number, grouped]) => ({ number, records: grouped }),
    );
  }

  /** What is remembered of some documents, in their order. Waits for `breathe` after each text that is taken apart. */
  async read({ number, records }: KeptGroup, breathe: () => Promise<void>): Promise<DocumentPart> {
    const facts = records.map(({ record: { id, title, tags } }) => [id, title, tags]);
    const madeFrom = sha256(
      Buffer.from(JSON.stringify([partVersion, formatVersion, this.#maker.modelId, facts])),
    );
    const kept = this.#sources.store.preparedParts.read(this.#sources.writerId, number);
    const known = kept?.madeFrom === madeFrom ? decodeDocumentPart(kept.content) : undefined;
    if (known !== undefined) return known;
    const documents = await this.#encoded(records, breathe);
    const content = encodeDocumentPart(documents);
    const names = new Map(documents.map(({ name }, at) => [records[at]!.record.id, name]));
    this.#sources.store.preparedParts.keep(this.#sources.writerId, number, { madeFrom, content }, names);
    return decodeDocumentPart(content)!;
  }

  async #encoded(
    records: readonly TaggedRecord[],
    breathe: () => Promise<void>,
  ): Promise<readonly EncodedDocument[]> {
    const kept = this.#sources.store.preparedDocuments.read(records.map(({ record: { id } }) => id));
    const unkept = new Map<number, Prepared>();
    const documents: EncodedDocument[] = [];
    for (const tagged of records) {
      const { id, title, tags } = tagged.record;
      const madeFrom = JSON.stringify([formatVersion, this.#maker.modelId, title, tags]);
      const known = kept.get(id);
      if (known !== undefined && isAsMade(known, madeFrom)) {
        documents.push({ name: known.sha256, content: known.content });
        continue;
      }
      const content = encodeTermedDocument(readTaggedDocument(this.#sources.store, tagged, this.#maker));
      documents.push({ name: sha256(content), content });
      unkept.set(id, { madeFrom, content });
      await breathe();
    }
    if (unkept.size > 0) this.#sources.store.preparedDocuments.keep(unkept);
    return documents;
  }
}

const isAsMade = (kept: KeptPrepared, madeFrom: string): boolean =>
  kept.madeFrom === madeFrom && decodeTermedDocument(kept.content) !== undefined;
