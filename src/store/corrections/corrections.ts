import { type Database, Table } from "../database/database.ts";
import { asStoreError, StoreMissingError } from "../errors.ts";
import { type Writer, Writers } from "../repositories/writers.ts";
import { type Correction, type CorrectionVector, type Lesson, subjectOf } from "./correction.ts";
import { CorrectionRows, correctionOf, entryOf } from "./correction-rows.ts";
import type { CorrectionsMirror } from "./corrections-mirror.ts";
import { entryLine, type MirrorLine, withdrawalLine } from "./mirror-line.ts";
import { allLines } from "./reconcile-corrections.ts";

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

  #writer(writerId: number): Writer {
    const writer = new Writers(this.database).withId(writerId);
    if (writer === undefined) throw new StoreMissingError(`writer with id ${writerId}`);
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

function isAbout(line: MirrorLine, id: string): boolean {
  switch (line.kind) {
    case "entry":
      return line.entry.id === id;
    case "withdrawal":
    case "newer":
      return line.id === id;
    case "damaged":
      return false;
    default:
      return line satisfies never;
  }
}
