import { lstatSync } from "node:fs";
import { z } from "zod";
import { type Said, said } from "../said/said.ts";
import { writerOfLine } from "./corrections/mirror-line.ts";
import type { Writer } from "./repositories/writers.ts";
import type { Store } from "./store.ts";
import { ourFiles, setAsideFiles } from "./store-folder.ts";

/** One kind of thing that is kept. */
export interface StoredItem {
  readonly what: Said;
  /** The file, and the table in it where there is one. */
  readonly where: string;
  readonly bytes: number;
}

/** A table that speaks of writers. */
export interface Holding {
  readonly what: Said;
  readonly table: string;
  readonly columns: readonly string[];
  /** Chooses the rows of one writer; its one parameter is the writer's id. */
  readonly condition: string;
}

const ofWriter = "WHERE writer_id = ?";
const ofDocuments = `WHERE document_id IN (SELECT id FROM documents ${ofWriter})`;
const ofProfiles = `WHERE owner IN (SELECT id FROM profile_versions ${ofWriter})`;
const ofRuns = `WHERE run_id IN (SELECT id FROM learning_runs ${ofWriter})`;
const ofCheckpoints = `WHERE owner IN (SELECT checkpoints.id FROM checkpoints
  JOIN learning_runs ON learning_runs.id = run_id ${ofWriter})`;

function holding(what: Said, table: string, columns: string, condition = ofWriter): Holding {
  return { what, table, columns: columns.split(" "), condition };
}

/** Every table with what it says about a writer. A test compares this list with the schema. */
export const holdings: readonly Holding[] = [
  holding(
    said("name and folders"),
    "writers",
    "name folders places created_ms chosen_files tone_strength",
    "WHERE id = ?",
  ),
  holding(
    said("documents: paths, titles, authors, dates"),
    "documents",
    "path hash size_bytes mtime_ms author language date_ms title words",
  ),
  holding(said("tags"), "document_tags", "position tag kind", ofDocuments),
  holding(
    said("sentences"),
    "sentences",
    "position paragraph start_offset end_offset text language",
    ofDocuments,
  ),
  holding(said("passages"), "passages", "model_id position first_sentence end_sentence tokens", ofDocuments),
  holding(said("labels found in documents"), "labels", "sentence source valence weight", ofDocuments),
  holding(said("vectors"), "vectors", "unit position model_id profile_version content", ofDocuments),
  holding(said("corrections"), "corrections", "id created_ms content vector_maker vector sha256"),
  holding(said("tags taken from suggestions"), "accepted_tags", "path text_hash sentences tag accepted_ms"),
  holding(said("former names of tags"), "renamed_tags", "from_tag to_tag renamed_ms"),
  holding(said("what is prepared for suggesting tags"), "prepared_tags", "name made_from sha256 content"),
  holding(
    said("what is prepared for suggesting tags, by document"),
    "prepared_documents",
    "made_from sha256 content",
    ofDocuments,
  ),
  holding(
    said("what is prepared for suggesting tags, of many documents at once"),
    "prepared_parts",
    "made_from sha256 content",
  ),
  holding(said("profile versions: reports"), "profile_versions", "id base_model_id report"),
  holding(said("profile versions: prompts and heads"), "profile_blobs", "name sha256 content", ofProfiles),
  holding(said("learning runs"), "learning_runs", "id plan state"),
  holding(said("checkpoints of learning: state"), "checkpoints", "id step resume", ofRuns),
  holding(said("checkpoints of learning: values"), "checkpoint_blobs", "name sha256 content", ofCheckpoints),
];

/** Query for the sum of bytes. */
function bytesSql({ table, columns, condition }: Holding): string {
  const sum = columns.map((column) => `coalesce(octet_length(${column}), 0)`).join(" + ");
  return `SELECT coalesce(sum(${sum}), 0) AS bytes FROM ${table} ${condition}`;
}

const bytesRow = z.object({ bytes: z.number() });

/** Lists everything that is kept about one writer. Nothing is left out but what has no bytes. */
export function writerInventory(store: Store, writer: Writer): readonly StoredItem[] {
  const rows = holdings.map((kind) => ({
    what: kind.what,
    where: `${store.paths.database}: ${kind.table}`,
    bytes: store.database.first(bytesRow, bytesSql(kind), writer.id)?.bytes ?? 0,
  }));
  const lines = store.mirror.read().filter((line) => writerOfLine(line) === writer.name);
  const mirror = {
    what: said("corrections, second copy"),
    where: store.paths.mirror,
    bytes: lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0),
  };
  return [...rows, mirror].filter(({ bytes }) => bytes > 0);
}

/** Lists everything in the folder of the store: each writer's part, then what belongs to no one writer. */
export function storeInventory(store: Store): readonly StoredItem[] {
  const written = store.writers.list().flatMap((writer) =>
    writerInventory(store, writer).map((item) => ({
      ...item,
      what: said("{0} ({1})", item.what, writer.name),
    })),
  );
  return [...written, ...databaseRest(store, written), ...sharedInventory(store)];
}

/** Lists what is kept about one writer, and what belongs to no one writer. */
export function inventoryFor(store: Store, writer: Writer): readonly StoredItem[] {
  const ofWriters = store.writers.list().flatMap((one) => writerInventory(store, one));
  const rest = databaseRest(store, ofWriters);
  return [...writerInventory(store, writer), ...rest, ...sharedInventory(store)];
}

/** Lists what may hold text of any writer and goes whenever one is forgotten: damaged databases. */
export function sharedInventory(store: Store): readonly StoredItem[] {
  return setAsideFiles(store.paths)
    .map((path) => ({ what: said("damaged database, set aside"), where: path, bytes: sizeOf(path) }))
    .filter(({ bytes }) => bytes > 0);
}

function databaseRest(store: Store, written: readonly StoredItem[]): readonly StoredItem[] {
  const { database, folder } = store.paths;
  const aside = new Set(setAsideFiles(store.paths));
  const files = ourFiles(store.paths).filter((path) => path.startsWith(database) && !aside.has(path));
  const rows = written.filter(({ where }) => where.startsWith(`${database}: `));
  const bytes = totalOf(files.map(sizeOf)) - totalOf(rows.map((item) => item.bytes));
  return bytes > 0
    ? [{ what: said("indexes, logs and empty space of the database"), where: folder, bytes }]
    : [];
}

function totalOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** Bytes of a file; 0 where there is none. */
function sizeOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
