import { z } from "zod";
import type { Database } from "./database.ts";
import { type Holding, holdings } from "./inventory.ts";
import { writerOfLine } from "./mirror-line.ts";
import { searchOnDisk } from "./search-on-disk.ts";
import type { Store } from "./store.ts";
import { ourFiles, setAsideFiles } from "./store-folder.ts";
import { TextTraces } from "./text-traces.ts";
import type { Writer } from "./writers.ts";

const anyRow = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.instanceof(Uint8Array), z.undefined()]),
);
const orphanRow = z.object({ table: z.string() });
const referenceRow = z
  .object({ from: z.string(), table: z.string(), to: z.string().optional() })
  .transform(({ from, table, to }) => ({ from, parent: table, to }));
const sqlRow = z.object({ sql: z.string() });

/** Takes traces of everything that is kept of a writer: each text and each blob of each row, each line of the mirror. */
export function tracesOf(store: Store, writer: Writer): TextTraces {
  const traces = new TextTraces();
  for (const line of store.mirror.read()) {
    if (writerOfLine(line) === writer.name) traces.add(Buffer.from(line.text));
  }
  for (const kind of holdings) {
    for (const value of valuesOf(store, kind, kind.condition, writer.id)) traces.add(value);
  }
  return traces;
}

/** Deletes rows whose writer or document is gone already, which a bad disk may have made. */
export function dropOrphans(database: Database): void {
  for (const { table } of holdings) {
    for (const { from, parent, to } of database.all(referenceRow, `PRAGMA foreign_key_list(${table})`)) {
      const key = to ?? "id";
      database.run(
        `DELETE FROM ${table} WHERE ${from} IS NOT NULL AND ${from} NOT IN (SELECT ${key} FROM ${parent})`,
      );
    }
  }
}

/**
 * Looks for what is left after erasing: rows without a writer, files that should be gone, and traces in the bytes of
 * all files. Traces that the rows of other writers have as well are no remains.
 *
 * @returns where something was found
 */
export function remainsOf(store: Store, traces: TextTraces): readonly string[] {
  for (const kind of holdings) {
    for (const value of valuesOf(store, kind, "")) traces.dropFoundIn(value);
  }
  for (const line of store.mirror.read()) {
    if (writerOfLine(line) !== undefined) traces.dropFoundIn(Buffer.from(line.text));
  }
  for (const { sql } of store.database.all(sqlRow, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")) {
    traces.dropFoundIn(Buffer.from(sql));
  }
  const orphans = store.database.all(orphanRow, "PRAGMA foreign_key_check").map(({ table }) => table);
  const tables = [...new Set(orphans)].map((table) => `${store.paths.database}: ${table}`);
  return [...tables, ...setAsideFiles(store.paths), ...searchOnDisk(ourFiles(store.paths), traces)];
}

function* valuesOf(
  store: Store,
  { table, columns }: Holding,
  condition: string,
  ...values: readonly number[]
): Generator<Uint8Array> {
  const sql = `SELECT ${columns.join(", ")} FROM ${table} ${condition}`;
  for (const row of store.database.each(anyRow, sql, ...values)) {
    for (const value of Object.values(row)) {
      if (typeof value === "string") yield Buffer.from(value);
      else if (value instanceof Uint8Array) yield value;
    }
  }
}
