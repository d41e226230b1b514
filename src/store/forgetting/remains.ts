import { closeSync, openSync, readSync } from "node:fs";
import { z } from "zod";
import { writerOfLine } from "../corrections/mirror-line.ts";
import type { Database } from "../database/database.ts";
import { type Holding, holdings } from "../inventory.ts";
import type { Writer } from "../repositories/writers.ts";
import type { Store } from "../store.ts";
import { ourFiles, setAsideFiles } from "../store-folder.ts";
import { longestStretch, TextTraces } from "./text-traces.ts";

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
    for (const value of valuesOf(store, kind, kind.condition, "both", writer.id)) traces.add(value);
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
 * all files. Traces that are there by right are no remains.
 *
 * @returns where something was found
 */
export function remainsOf(store: Store, traces: TextTraces): readonly string[] {
  const { database } = store;
  const orphans = database.all(orphanRow, "PRAGMA foreign_key_check").map(({ table }) => table);
  const tables = [...new Set(orphans)].map((table) => `${store.paths.database}: ${table}`);
  const found = ourFiles(store.paths).map((path) => ({ path, left: searchOnDisk(path, traces) }));
  for (const text of textsByRight(store)) {
    const open = found.filter(({ left }) => left.count > 0);
    if (open.length === 0) break;
    for (const { left } of open) left.dropFoundIn(text);
  }
  const files = found.filter(({ left }) => left.count > 0).map(({ path }) => path);
  return [...tables, ...setAsideFiles(store.paths), ...files];
}

/** What the store still says of others: short texts first, for most of what two writers share is among them. */
function* textsByRight(store: Store): Generator<Uint8Array> {
  for (const { sql } of store.database.all(sqlRow, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")) {
    yield Buffer.from(sql);
  }
  for (const line of store.mirror.read()) {
    if (writerOfLine(line) !== undefined) yield Buffer.from(line.text);
  }
  for (const kind of holdings) yield* valuesOf(store, kind, "", "text");
  for (const kind of holdings) yield* valuesOf(store, kind, "", "blob");
}

function* valuesOf(
  store: Store,
  { table, columns }: Holding,
  condition: string,
  which: "text" | "blob" | "both",
  ...values: readonly number[]
): Generator<Uint8Array> {
  // What is not wanted need not be read: blobs are nearly all there is.
  const wanted = columns.map((column) =>
    which === "both" ? column : `CASE typeof(${column}) WHEN '${which}' THEN ${column} END`,
  );
  const sql = `SELECT ${wanted.map((column, at) => `${column} AS c${at}`).join(", ")} FROM ${table} ${condition}`;
  for (const value of store.database.eachValue(sql, ...values)) {
    if (typeof value === "string") yield Buffer.from(value);
    else if (value instanceof Uint8Array) yield value;
  }
}

const blockBytes = 4 * 1024 * 1024;

/** Looks for traces in the raw bytes of a file, block by block, and gives those that are there. */
export function searchOnDisk(path: string, traces: TextTraces): TextTraces {
  const found = new TextTraces();
  const file = openSync(path, "r");
  try {
    // Blocks overlap, so that nothing is missed where two meet.
    const block = Buffer.alloc(blockBytes + longestStretch - 1);
    for (let position = 0; ; position += blockBytes) {
      const read = block.subarray(0, readSync(file, block, 0, block.length, position));
      traces.moveFoundIn(read, found);
      if (read.length < block.length) break;
    }
  } finally {
    closeSync(file);
  }
  // The next file may have the same.
  traces.addAll(found);
  return found;
}
