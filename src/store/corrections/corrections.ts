import { said } from "../../said/said.ts";
import { type Database, Table } from "../database/database.ts";
import { asStoreError, StoreMissingError } from "../errors.ts";
import { type Writer, Writers } from "../repositories/writers.ts";
import {
  type Correction,
  type CorrectionVector,
  isWithoutText,
  type Lesson,
  subjectOf,
} from "./correction.ts";
import { type CorrectionRow, CorrectionRows, correctionOf, entryOf } from "./correction-rows.ts";
import type { CorrectionsMirror } from "./corrections-mirror.ts";
import { entryLine, type MirrorLine, withdrawalLine } from "./mirror-line.ts";
import { allLines } from "./reconcile-corrections.ts";

/** What of lessons that come from elsewhere was new here. */
export interface MergedCorrections {
  readonly added: number;
  /** They were here without their sentences. */
  readonly completed: number;
  readonly known: number;
  /** They were taken back, here or there, and stay so. */
  readonly takenBack: number;
}

/** What the writer taught. Each correction is in the mirror, and on the disk, before it is in the database. */
export class Corrections extends Table {
  readonly #rows: CorrectionRows;
  readonly #mirror: CorrectionsMirror;
  /** Ids of what the transaction that goes on has written to the mirror. */
  readonly #written = new Set<string>();

  constructor(database: Database, mirror: CorrectionsMirror) {
    super(database);
    this.#rows = new CorrectionRows(database);
    this.#mirror = mirror;
  }

  /**
   * Keeps a lesson. Should the database fail, its line is taken out of the mirror again; where a crash prevents that,
   * it comes back at the next start, at the place in time that it had.
   */
  add(writerId: number, lesson: Lesson, vector?: CorrectionVector): Correction {
    const id = this.database.newId();
    return this.#inBoth(id, () => {
      const { name } = this.#writer(writerId);
      // A clock that was set back must not make the newest lesson an older one.
      const createdMs = Math.max(
        this.database.clock(),
        this.#rows.newestMs(writerId) ?? Number.NEGATIVE_INFINITY,
      );
      const correction = { id, createdMs, lesson, vector };
      const wasThere = this.#mirror.append([entryLine(entryOf(correction, name))]);
      this.#rows.insert(writerId, correction);
      if (!wasThere) this.#mirror.replace(allLines(this.database));
      return correction;
    });
  }

  /** All corrections of a writer, oldest first. */
  list(writerId: number): readonly Correction[] {
    const rows = this.#rows.of(writerId);
    try {
      return rows.map(correctionOf);
    } catch (cause) {
      throw asStoreError(cause, this.database.path);
    }
  }

  /** The corrections that count: of several about the same sentence, or document and tag, the last. */
  current(writerId: number): readonly Correction[] {
    const corrections = this.list(writerId);
    const last = new Map(corrections.map((correction) => [subjectOf(correction.lesson), correction.id]));
    return corrections.filter(({ id, lesson }) => last.get(subjectOf(lesson)) === id);
  }

  /** Takes a correction back, in the mirror too. */
  withdraw(id: string): void {
    this.#inBoth(id, () => {
      const row = this.#rows.withId(id);
      if (row === undefined) return;
      const withdrawal = withdrawalLine(id, this.#writer(row.writerId).name);
      this.#mirror.keepOnly((line) => !isAbout(line, id), [withdrawal]);
      this.#rows.remove([row]);
    });
  }

  /** Ids of what was taken back of this writer. */
  withdrawn(writerId: number): readonly string[] {
    const { name } = this.#writer(writerId);
    return this.#mirror
      .read()
      .flatMap((line) => (line.kind === "withdrawal" && line.writer === name ? [line.id] : []));
  }

  /**
   * Takes in what was taught elsewhere, each lesson with its own id and time, so that of two about the same the later
   * one counts, wherever it was taught. What was taken back on either side stays taken back; nothing else goes.
   */
  merge(writerId: number, taught: readonly Correction[], withdrawn: readonly string[]): MergedCorrections {
    const body = (): MergedCorrections => {
      const { name } = this.#writer(writerId);
      const former = new Set(this.withdrawn(writerId));
      const takenBack = new Set([...former, ...withdrawn]);
      const rows = new Map(this.#rows.everywhere().map((row) => [row.id, row]));
      const wanted = taught.filter(({ id }) => !takenBack.has(id));
      const added = wanted.filter(({ id }) => !rows.has(id));
      const completed = wanted.flatMap((correction) => completedBy(rows.get(correction.id), correction));
      const removed = withdrawn
        .flatMap((id) => rows.get(id) ?? [])
        .filter((row) => row.writerId === writerId);
      const changed = [...added, ...completed];
      for (const { id } of [...changed, ...removed]) this.#written.add(id);
      const news = withdrawn.filter((id) => !former.has(id));
      const touched = new Set([...changed.map(({ id }) => id), ...removed.map(({ id }) => id)]);
      this.#mirror.keepOnly(
        (line) => !touched.has(idOfLine(line) ?? ""),
        [
          ...changed.map((correction) => entryLine(entryOf(correction, name))),
          ...news.map((id) => withdrawalLine(id, name)),
        ],
      );
      this.#rows.remove([...removed, ...completed.flatMap(({ id }) => rows.get(id) ?? [])]);
      for (const correction of changed) this.#rows.insert(writerId, correction);
      return {
        added: added.length,
        completed: completed.length,
        known: wanted.length - added.length - completed.length,
        takenBack: taught.length - wanted.length + removed.length,
      };
    };
    return this.database.isInTransaction ? body() : this.settling(body);
  }

  #writer(writerId: number): Writer {
    const writer = new Writers(this.database).withId(writerId);
    if (writer === undefined) throw new StoreMissingError(said("writer with id {0}", String(writerId)));
    return writer;
  }

  /** Writes to mirror and database, in a transaction that `settling` has begun or in one of its own. */
  #inBoth<T>(id: string, body: () => T): T {
    this.#written.add(id);
    return this.database.isInTransaction ? body() : this.settling(body);
  }

  /**
   * Runs `body` in a transaction. If that fails, the mirror is made to say of all corrections that were written in it
   * what the database says.
   */
  settling<T>(body: () => T): T {
    try {
      return this.database.transaction(body);
    } catch (cause) {
      try {
        this.database.transaction(() => {
          for (const id of this.#written) this.#alignMirror(id);
        });
      } catch {
        // What was wrong a moment ago is still wrong. The next start compares the two.
      }
      throw cause;
    } finally {
      this.#written.clear();
    }
  }

  #alignMirror(id: string): void {
    const row = this.#rows.withId(id);
    const lines = this.#mirror.read().filter((line) => isAbout(line, id));
    const isAligned = row === undefined ? lines.length === 0 : lines.some(({ kind }) => kind === "entry");
    if (isAligned) return;
    const line = row && entryLine(entryOf(correctionOf(row), this.#writer(row.writerId).name));
    this.#mirror.keepOnly((one) => !isAbout(one, id), line === undefined ? [] : [line]);
  }
}

/** The same lesson with its sentence, where only what comes from elsewhere has it. */
function completedBy(row: CorrectionRow | undefined, taught: Correction): readonly Correction[] {
  if (row === undefined || isWithoutText(taught.lesson)) return [];
  const kept = correctionOf(row);
  return isWithoutText(kept.lesson) ? [{ ...kept, lesson: { ...kept.lesson, ...taught.lesson } }] : [];
}

function isAbout(line: MirrorLine, id: string): boolean {
  return idOfLine(line) === id;
}

function idOfLine(line: MirrorLine): string | undefined {
  switch (line.kind) {
    case "entry":
      return line.entry.id;
    case "withdrawal":
    case "newer":
      return line.id;
    case "damaged":
      return undefined;
    default:
      return line satisfies never;
  }
}
