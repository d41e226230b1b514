import { z } from "zod";
import { stateShape } from "../repositories/learning-runs.ts";
import { jsonColumn } from "./columns.ts";
import type { Database } from "./database.ts";

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
