import { z } from "zod";
import { Table } from "../database/database.ts";

export const renamedTagShape = z.object({ from: z.string(), to: z.string(), renamedMs: z.number() });

/** A tag that got another name in documents, and those below it with it. */
export type RenamedTag = Readonly<z.infer<typeof renamedTagShape>>;

/** Which tags a writer renamed or merged: what was taught of the old name is about the new one. */
export class RenamedTags extends Table {
  add(writerId: number, { from, to }: Pick<RenamedTag, "from" | "to">): void {
    this.merge(writerId, [{ from, to, renamedMs: this.database.clock() }]);
  }

  /** Takes in what was renamed elsewhere, with its time; what is known here stays. */
  merge(writerId: number, tags: readonly RenamedTag[]): void {
    const sql = `INSERT INTO renamed_tags (writer_id, from_tag, to_tag, renamed_ms) VALUES (?, ?, ?, ?)
      ON CONFLICT (writer_id, from_tag, to_tag, renamed_ms) DO NOTHING`;
    this.database.transaction(() => {
      for (const { from, to, renamedMs } of tags) this.database.run(sql, writerId, from, to, renamedMs);
    });
  }

  /** All of a writer's, in the order in which they were renamed. */
  list(writerId: number): readonly RenamedTag[] {
    const sql = `SELECT from_tag AS "from", to_tag AS "to", renamed_ms AS renamedMs
      FROM renamed_tags WHERE writer_id = ? ORDER BY renamed_ms, number`;
    return this.database.all(renamedTagShape, sql, writerId);
  }
}
