import { z } from "zod";
import { StoreCorruptError, StoreLockedError, StoreReadOnlyError } from "../errors.ts";
import { stateShape } from "../repositories/learning-runs.ts";
import { jsonColumn } from "./columns.ts";
import type { Database } from "./database.ts";
import { isOurs } from "./migrations.ts";

const fullRow = z.object({ integrity_check: z.string() });
const quickRow = z.object({ quick_check: z.string() });

/**
 * Walks through all pages, and makes indexes anew that do not fit their tables. Large parts that this does not look
 * into have checksums of their own, corrections too.
 */
export function refuseDamage(database: Database): void {
  const areTablesWhole = () => database.first(quickRow, "PRAGMA quick_check(1)")?.quick_check === "ok";
  if (damageOf(database) === undefined) return;
  // What is damaged beyond its indexes is set aside as it was found.
  if (isOurs(database) && areTablesWhole()) makeIndexesAnew(database);
  const damage = damageOf(database);
  if (damage !== undefined) throw new StoreCorruptError(database.path, new Error(damage));
}

/** What cannot be learned again from the documents. */
const taught = ["writers", "corrections", "accepted_tags"] as const;

/** As `refuseDamage`, of the small part that nobody could make again, and without making anything anew. */
export function refuseDamageOfTaught(database: Database): void {
  for (const table of taught) {
    const damage = damageOf(database, table);
    if (damage !== undefined) throw new StoreCorruptError(database.path, new Error(damage));
  }
}

function makeIndexesAnew(database: Database): void {
  try {
    database.execute("REINDEX");
  } catch (cause) {
    if (cause instanceof StoreLockedError || cause instanceof StoreReadOnlyError) throw cause;
    // The tables themselves are damaged: rows that an index must not hold twice, or pages that cannot be read.
    throw new StoreCorruptError(database.path, cause);
  }
}

/** @param where a table; all there is if absent */
function damageOf(database: Database, where: string | number = 1): string | undefined {
  const found = database.first(fullRow, `PRAGMA integrity_check(${where})`)?.integrity_check;
  return found === "ok" ? undefined : (found ?? "no answer");
}

const anyJson = jsonColumn(z.json());
const rawRow = z.object({ id: z.string(), first: z.string(), second: z.string() });

/** Columns of JSON that bytes changed by a bad disk make unreadable, with what they hold. */
const kinds = [
  { table: "learning_runs", first: "plan", second: "state", shapes: [anyJson, jsonColumn(stateShape)] },
  { table: "checkpoints", first: "resume", second: "resume", shapes: [anyJson, anyJson] },
  { table: "profile_versions", first: "report", second: "report", shapes: [anyJson, anyJson] },
] as const;

/**
 * Drops runs, checkpoints and profile versions that nobody can read any more, so that the others stay usable: all of
 * them can be learned again.
 */
export function dropUnreadable(database: Database): void {
  for (const { table, first, second, shapes } of kinds) {
    const sql = `SELECT id, ${first} AS first, ${second} AS second FROM ${table}`;
    for (const row of database.all(rawRow, sql)) {
      const isReadable = shapes[0].safeParse(row.first).success && shapes[1].safeParse(row.second).success;
      if (!isReadable) database.run(`DELETE FROM ${table} WHERE id = ?`, row.id);
    }
  }
}
