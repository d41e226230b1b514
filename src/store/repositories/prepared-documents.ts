import type { RowParser } from "../database/database.ts";
import { sha256 } from "../database/named-blobs.ts";
import { type KeptPrepared, type Prepared, PreparedTable } from "./prepared-table.ts";

type DocumentRow = KeptPrepared & { readonly id: number };

/** Thousands are read for one question, and each is checked by its sum: a schema would cost more than the row. */
const documentRow: RowParser<DocumentRow> = { parse: (found) => found as DocumentRow };

/**
 * What is prepared for suggesting a writer's tags, document by document. It goes with the document, with its text and with
 * its vectors; beside those it names what it was made from.
 */
export class PreparedDocuments extends PreparedTable {
  /** What is kept of some documents, by their ids, read together. */
  read(documentIds: readonly number[]): ReadonlyMap<number, KeptPrepared> {
    const sql = `SELECT document_id AS id, made_from AS madeFrom, sha256, content FROM prepared_documents
      WHERE document_id IN (SELECT value FROM json_each(?))`;
    const ids = JSON.stringify(documentIds);
    const found = this.orAbsent(() => this.database.all(documentRow, sql, ids), []);
    return new Map(found.filter((row) => this.isIntact(row)).map((row) => [row.id, row]));
  }

  /** Replaces what is kept of these documents, by their ids. Those that have gone meanwhile are left out. */
  keep(prepared: ReadonlyMap<number, Prepared>): void {
    const sql = `INSERT OR REPLACE INTO prepared_documents (document_id, made_from, sha256, content)
      SELECT id, ?, ?, ? FROM documents WHERE id = ?`;
    this.keepIfPossible(() =>
      this.database.transaction(() => {
        for (const [id, { madeFrom, content }] of prepared) {
          this.database.run(sql, madeFrom, sha256(content), content, id);
        }
      }),
    );
  }
}
