import type { Database } from "../database/database.ts";
import { Writers } from "../repositories/writers.ts";
import {
  type CorrectionRow,
  CorrectionRows,
  correctionIn,
  correctionOf,
  entryOf,
  isIntact,
} from "./correction-rows.ts";
import type { CorrectionsMirror } from "./corrections-mirror.ts";
import { entryLine, type MirrorEntry, type MirrorLine, renewedLine } from "./mirror-line.ts";

/** What comparing the corrections with their second copy found, and mended. */
export interface ReconciledCorrections {
  /** Corrections that only the mirror had. */
  readonly restoredCorrections: number;
  /**
   * Lines of the mirror that could not be read, for instance one torn by a crash. Where the database is whole, they
   * were written anew from it.
   */
  readonly damagedMirrorLines: number;
  /** Corrections that were damaged in the database and had no readable line in the mirror. */
  readonly lostCorrections: number;
}

/**
 * Brings database and mirror to say the same. What only one of them has, the other gets; what was withdrawn goes from
 * both; what does not have the checksum that it was written with is dropped, for its other copy counts.
 *
 * @param isWhole the database was not lost, so lines that cannot be read hold nothing that is missing and go as well
 */
export function reconcileCorrections(
  database: Database,
  mirror: CorrectionsMirror,
  isWhole: boolean,
): ReconciledCorrections {
  return database.transaction(() => {
    mirror.dropDraft();
    const lines = mirror.read();
    const rows = new CorrectionRows(database);
    const withdrawn = new Set(lines.flatMap((line) => (line.kind === "withdrawal" ? line.id : [])));
    const damagedRows = dropRows(database, rows, withdrawn);
    mendNames(database, rows, lines);
    const restored = restoreRows(database, rows, lines, withdrawn);
    if (rows.withoutChecksum()) rows.addChecksums();
    const wanted = linesFor(database, lines, isWhole);
    const isSame = wanted.length === lines.length && wanted.every((text, at) => text === lines[at]!.text);
    if (!isSame) mirror.replace(wanted);
    return {
      restoredCorrections: restored,
      damagedMirrorLines: lines.filter(({ kind }) => kind === "damaged").length,
      lostCorrections: Math.max(0, damagedRows - restored),
    };
  });
}

/** Drops damaged rows, the second of two with the same id, and what was withdrawn. Gives the number of damaged ones. */
function dropRows(database: Database, rows: CorrectionRows, withdrawn: ReadonlySet<string>): number {
  const seen = new Set<string>();
  const dropped: CorrectionRow[] = [];
  let damaged = 0;
  for (const row of rows.everywhere()) {
    const intact = isIntact(row);
    if (!intact) damaged += 1;
    if (!intact || withdrawn.has(row.id) || seen.has(row.id)) dropped.push(row);
    else seen.add(row.id);
  }
  rows.remove(dropped);
  // The index may name a damaged row as it was before.
  if (damaged > 0) database.execute("REINDEX corrections");
  return damaged;
}

/**
 * Gives a writer the name that the mirror has, if all lines about the writer's corrections agree on it and nobody else
 * has it. Names never change, and lines have checksums: so the name in the database was damaged.
 */
function mendNames(database: Database, rows: CorrectionRows, lines: readonly MirrorLine[]): void {
  const names = new Map(
    lines.flatMap((line) =>
      line.kind === "entry" && line.hasChecksum ? [[line.entry.id, line.entry.writer] as const] : [],
    ),
  );
  const writers = new Writers(database);
  for (const { id, name } of writers.list()) {
    const [inMirror, ...others] = new Set(rows.of(id).flatMap((row) => names.get(row.id) ?? []));
    if (inMirror === undefined || inMirror === name || others.length > 0) continue;
    if (writers.named(inMirror) === undefined) writers.rename(id, inMirror);
  }
}

function restoreRows(
  database: Database,
  rows: CorrectionRows,
  lines: readonly MirrorLine[],
  withdrawn: ReadonlySet<string>,
): number {
  const known = new Set(rows.everywhere().map(({ id }) => id));
  const twins = new Set(entriesOf(database).map(withoutId));
  const writers = new Writers(database);
  let restored = 0;
  for (const line of lines) {
    if (line.kind !== "entry" || known.has(line.entry.id) || withdrawn.has(line.entry.id)) continue;
    // Without a checksum the id itself may be damaged: the same lesson at the same moment is the same.
    if (!line.hasChecksum && twins.has(withoutId(line.entry))) continue;
    const writer = writers.ensure(line.entry.writer, line.entry.createdMs);
    rows.insert(writer.id, correctionIn(line.entry));
    known.add(line.entry.id);
    restored += 1;
  }
  return restored;
}

/** The lines that the mirror should have: a readable one for each row, and all that others have written there. */
function linesFor(database: Database, lines: readonly MirrorLine[], isWhole: boolean): readonly string[] {
  const missing = new Map(entriesOf(database).map((entry) => [entry.id, entry]));
  const kept = lines.flatMap((line) => {
    if (line.kind === "damaged") return isWhole ? [] : [line.text];
    if (line.kind !== "entry") return [line.text];
    const entry = missing.get(line.entry.id);
    missing.delete(line.entry.id);
    if (entry === undefined) return [];
    return [line.hasChecksum ? line.text : renewedLine(line.text, entry)];
  });
  return [...kept, ...[...missing.values()].map((entry) => entryLine(entry))];
}

/** The lines of a mirror that says what the database says. */
export function allLines(database: Database): readonly string[] {
  return entriesOf(database).map((entry) => entryLine(entry));
}

function entriesOf(database: Database): readonly MirrorEntry[] {
  const rows = new CorrectionRows(database);
  return new Writers(database)
    .list()
    .flatMap(({ id, name }) => rows.of(id).map((row) => entryOf(correctionOf(row), name)));
}

const withoutId = ({ writer, createdMs, lesson }: MirrorEntry): string =>
  JSON.stringify([writer, createdMs, lesson]);
