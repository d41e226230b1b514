import { z } from "zod";
import { Table } from "../database/database.ts";
import { sha256 } from "../database/named-blobs.ts";
import { StoreCorruptError, StoreError } from "../errors.ts";

/** Something that is prepared for suggesting tags, and a name of all that it was made from. */
export interface PreparedPart {
  readonly madeFrom: string;
  readonly content: Uint8Array;
}

const partRow = z.object({ madeFrom: z.string(), sha256: z.string(), content: z.instanceof(Uint8Array) });

/**
 * What is prepared for suggesting a writer's tags, so that opening costs reading. All of it can be made anew, so one
 * that is damaged counts as absent, and where the store cannot be written it is not kept.
 */
export class PreparedTagParts extends Table {
  read(writerId: number, name: string): PreparedPart | undefined {
    const sql = `SELECT made_from AS madeFrom, sha256, content FROM prepared_tags
      WHERE writer_id = ? AND name = ?`;
    try {
      const found = this.database.first(partRow, sql, writerId, name);
      return found !== undefined && sha256(found.content) === found.sha256 ? found : undefined;
    } catch (cause) {
      if (cause instanceof StoreCorruptError) return undefined;
      throw cause;
    }
  }

  /** Replaces what has the name. */
  keep(writerId: number, name: string, { madeFrom, content }: PreparedPart): void {
    const sql = `INSERT OR REPLACE INTO prepared_tags (writer_id, name, made_from, sha256, content)
      SELECT id, ?, ?, ?, ? FROM writers WHERE id = ?`;
    try {
      // A writer may have been forgotten meanwhile.
      this.database.run(sql, name, madeFrom, sha256(content), content, writerId);
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause;
    }
  }
}
