import { createHash } from "node:crypto";
import { z } from "zod";
import { said } from "../../said/said.ts";
import { StoreChecksumError, StoreCorruptError } from "../errors.ts";
import type { Database } from "./database.ts";

/** The parts of one profile version or checkpoint, as bytes by name, for instance `prompt` or `optimiser`. */
export type NamedBlobs = Readonly<Record<string, Uint8Array>>;

/** The two tables of named parts. They have the same columns. */
export type BlobTable = "profile_blobs" | "checkpoint_blobs";

const blobRow = z.object({ name: z.string(), sha256: z.string(), content: z.instanceof(Uint8Array) });

/** Writes each part with its SHA-256. To be called inside the transaction that writes the owner's row. */
export function insertBlobs(database: Database, table: BlobTable, owner: string, blobs: NamedBlobs): void {
  for (const [name, content] of Object.entries(blobs)) {
    const sql = `INSERT INTO ${table} (owner, name, sha256, content) VALUES (?, ?, ?, ?)`;
    database.run(sql, owner, name, sha256(content), content);
  }
}

/**
 * Reads all parts of an owner.
 *
 * @throws StoreChecksumError if the bytes of a part are not those that were written
 */
export function readBlobs(database: Database, table: BlobTable, owner: string): NamedBlobs {
  const sql = `SELECT name, sha256, content FROM ${table} WHERE owner = ? ORDER BY name`;
  const rows = rowsOf(database, sql, owner, table);
  for (const row of rows) {
    if (sha256(row.content) !== row.sha256) throw new StoreChecksumError(`${table} ${owner}`, row.name);
  }
  return Object.fromEntries(rows.map((row) => [row.name, row.content]));
}

/** A file that was cut short still has all rows; what it lacks is the end of one that is large. */
function rowsOf(database: Database, sql: string, owner: string, table: BlobTable) {
  try {
    return database.all(blobRow, sql, owner);
  } catch (cause) {
    throw cause instanceof StoreCorruptError
      ? new StoreChecksumError(`${table} ${owner}`, said("the last"))
      : cause;
  }
}

/** In hexadecimal digits. */
export function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
