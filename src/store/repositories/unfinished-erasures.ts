import { createHash } from "node:crypto";
import { z } from "zod";
import { Table } from "../database/database.ts";

const tracesRow = z.object({ traces: z.instanceof(Uint8Array) });

/**
 * Writers whose rows are erased while it is not yet known whether all traces are gone: the process was killed, or
 * something was still found. Forgetting them again goes on from here. Only hashes are kept, and not for long.
 */
export class UnfinishedErasures extends Table {
  note(name: string, traces: Uint8Array): void {
    const sql = "INSERT OR REPLACE INTO unfinished_erasures (name_sha256, traces) VALUES (?, ?)";
    this.database.run(sql, hashOf(name), traces);
  }

  /** The traces to look for; undefined where nothing of this name is unfinished. */
  tracesOf(name: string): Uint8Array | undefined {
    const sql = "SELECT traces FROM unfinished_erasures WHERE name_sha256 = ?";
    return this.database.first(tracesRow, sql, hashOf(name))?.traces;
  }

  complete(name: string): void {
    this.database.run("DELETE FROM unfinished_erasures WHERE name_sha256 = ?", hashOf(name));
  }
}

const hashOf = (name: string): string => createHash("sha256").update(name).digest("hex");
