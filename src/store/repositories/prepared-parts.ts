import { sha256 } from "../database/named-blobs.ts";
import { keptRow, type Prepared, PreparedTable } from "./prepared-table.ts";

/** So many ids of documents belong to one part. The database has it as well, and takes a part away with each of them. */
const idsPerPart = 256;

/** The part that a document belongs to. */
export const partOf = (documentId: number): number => Math.floor(documentId / idsPerPart);

/**
 * What is prepared for suggesting a writer's tags of the documents whose ids follow one another, put together. A part goes
 * as soon as something else is prepared of one of its documents, or nothing any more.
 */
export class PreparedParts extends PreparedTable {
  read(writerId: number, number: number): Prepared | undefined {
    const sql = `SELECT made_from AS madeFrom, sha256, content FROM prepared_parts
      WHERE number = ? AND writer_id = ?`;
    const found = this.orAbsent(() => this.database.first(keptRow, sql, number, writerId), undefined);
    return found !== undefined && this.isIntact(found) ? found : undefined;
  }

  /**
   * Keeps a part, unless something else is prepared of one of its documents by now.
   *
   * @param documents by id the SHA-256 of what is prepared of each
   */
  keep(
    writerId: number,
    number: number,
    { madeFrom, content }: Prepared,
    documents: ReadonlyMap<number, string>,
  ): void {
    const sql = `INSERT OR REPLACE INTO prepared_parts (number, writer_id, made_from, sha256, content)
      SELECT ?, id, ?, ?, ? FROM writers WHERE id = ? AND ? = (
        SELECT count(*) FROM json_each(?) AS given JOIN prepared_documents
          ON document_id = given.value ->> 0 AND sha256 = given.value ->> 1)`;
    const given = JSON.stringify([...documents]);
    this.keepIfPossible(() =>
      this.database.run(sql, number, madeFrom, sha256(content), content, writerId, documents.size, given),
    );
  }
}
