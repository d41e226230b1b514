import { z } from "zod";
import { Table } from "../database/database.ts";
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

const documentRow = z.object({ madeFrom: z.string(), sha256: z.string(), content: z.instanceof(Uint8Array) });

/**
 * What is prepared for suggesting a writer's tags, document by document. It goes with the document, with its text and with
 * its vectors. All of it can be made anew, so one that is damaged counts as absent, and where the store cannot be written
 * it is not kept.
 */
export class PreparedDocuments extends Table {
  read(documentId: number): KeptDocument | undefined {
    const sql = "SELECT made_from AS madeFrom, sha256, content FROM prepared_documents WHERE document_id = ?";
    try {
      const found = this.database.first(documentRow, sql, documentId);
      return found !== undefined && sha256(found.content) === found.sha256 ? found : undefined;
    } catch (cause) {
      if (cause instanceof StoreCorruptError) return undefined;
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
