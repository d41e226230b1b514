import { type RowParser, Table } from "../database/database.ts";
import { sha256 } from "../database/named-blobs.ts";
import { StoreCorruptError, StoreError } from "../errors.ts";
import type { PreparedPart } from "./prepared-tags.ts";

/** So many ids of documents belong to one part. The database has it as well, and takes a part away with each of them. */
const idsPerPart = 256;

/** The part that a document belongs to. */
export const partOf = (documentId: number): number => Math.floor(documentId / idsPerPart);

interface PartRow extends PreparedPart {
  readonly sha256: string;
}

const partRow: RowParser<PartRow> = { parse: (found) => found as PartRow };

/**
 * What is prepared for suggesting a writer's tags of the documents whose ids follow one another, put together. A part goes
 * as soon as something else is prepared of one of its documents, or nothing any more. It can be made anew, so one that is
 * damaged counts as absent, and where the store cannot be written it is not kept.
 */
export class PreparedParts extends Table {
  read(writerId: number, number: number): PreparedPart | undefined {
    const sql = `SELECT made_from AS madeFrom, sha256, content FROM prepared_parts
      WHERE number = ? AND writer_id = ?`;
    try {
      const found = this.database.first(partRow, sql, number, writerId);
      const isWhole = found?.content instanceof Uint8Array && sha256(found.content) === found.sha256;
      return isWhole ? found : undefined;
    } catch (cause) {
      if (cause instanceof StoreCorruptError) return undefined;
      throw cause;
    }
  }

  /**
   * Keeps a part, unless something else is prepared of one of its documents by now.
   *
   * @param documents by id the SHA-256 of what is prepared of each
   */
  keep(
    writerId: number,
    number: number,
    { madeFrom, content }: PreparedPart,
    documents: ReadonlyMap<number, string>,
  ): void {
    const sql = `INSERT OR REPLACE INTO prepared_parts (number, writer_id, made_from, sha256, content)
      SELECT ?, id, ?, ?, ? FROM writers WHERE id = ? AND ? = (
        SELECT count(*) FROM json_each(?) AS given JOIN prepared_documents
          ON document_id = given.value ->> 0 AND sha256 = given.value ->> 1)`;
    try {
      const given = JSON.stringify([...documents]);
      this.database.run(sql, number, madeFrom, sha256(content), content, writerId, documents.size, given);
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause;
    }
  }
}
