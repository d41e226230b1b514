import { sha256 } from "../database/named-blobs.ts";
import { keptRow, type Prepared, PreparedTable } from "./prepared-table.ts";

/** What is prepared for suggesting a writer's tags, so that opening costs reading. */
export class PreparedTagParts extends PreparedTable {
  read(writerId: number, name: string): Prepared | undefined {
    const sql = `SELECT made_from AS madeFrom, sha256, content FROM prepared_tags
      WHERE writer_id = ? AND name = ?`;
    const found = this.orAbsent(() => this.database.first(keptRow, sql, writerId, name), undefined);
    return found !== undefined && this.isIntact(found) ? found : undefined;
  }

  /** Replaces what has the name. */
  keep(writerId: number, name: string, { madeFrom, content }: Prepared): void {
    const sql = `INSERT OR REPLACE INTO prepared_tags (writer_id, name, made_from, sha256, content)
      SELECT id, ?, ?, ?, ? FROM writers WHERE id = ?`;
    // A writer may have been forgotten meanwhile.
    this.keepIfPossible(() => this.database.run(sql, name, madeFrom, sha256(content), content, writerId));
  }
}
