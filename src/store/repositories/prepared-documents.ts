import { type RowParser, Table } from "../database/database.ts";
import { sha256 } from "../database/named-blobs.ts";
import { StoreCorruptError, StoreError } from "../errors.ts";

/** What is prepared for suggesting tags of one document, and what it was made from besides text and vectors. */
export interface PreparedDocument {
  readonly madeFrom: string;
  readonly content: Uint8Array;
}

/** As it comes back: with the SHA-256 of its content. */
export interface KeptDocument extends PreparedDocument {
  readonly sha256: string;
}

type DocumentRow = KeptDocument & { readonly id: number };

/** Thousands are read for one question, and each is checked by its sum: a schema would cost more than the row. */
const documentRow: RowParser<DocumentRow> = { parse: (found) => found as DocumentRow };

/**
 * What is prepared for suggesting a writer's tags, document by document. It goes with the document, with its text and with
 * its vectors. All of it can be made anew, so one that is damaged counts as absent, and where the store cannot be written
 * it is not kept.
 */
export class PreparedDocuments extends Table {
  /** What is kept of some documents, by their ids, read together. */
  read(documentIds: readonly number[]): ReadonlyMap<number, KeptDocument> {
    const sql = `SELECT document_id AS id, made_from AS madeFrom, sha256, content FROM prepared_documents
      WHERE document_id IN (SELECT value FROM json_each(?))`;
    try {
      const found = this.database.all(documentRow, sql, JSON.stringify(documentIds));
      return new Map(found.filter(isWhole).map((row) => [row.id, row]));
    } catch (cause) {
      if (cause instanceof StoreCorruptError) return new Map();
      throw cause;
    }
  }

  /** Replaces what is kept of these documents, by their ids. Those that have gone meanwhile are left out. */
  keep(prepared: ReadonlyMap<number, PreparedDocument>): void {
    const sql = `INSERT OR REPLACE INTO prepared_documents (document_id, made_from, sha256, content)
      SELECT id, ?, ?, ? FROM documents WHERE id = ?`;
    try {
      this.database.transaction(() => {
        for (const [id, { madeFrom, content }] of prepared) {
          this.database.run(sql, madeFrom, sha256(content), content, id);
        }
      });
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause;
    }
  }
}

function isWhole({ content, sha256: kept }: KeptDocument): boolean {
  return content instanceof Uint8Array && sha256(content) === kept;
}
