import { z } from "zod";
import type { Clock } from "./clock.ts";
import { type Correction, type CorrectionVector, type Lesson, lessonShape, subjectOf } from "./correction.ts";
import type { CorrectionsMirror, MirrorEntry } from "./corrections-mirror.ts";
import type { Database } from "./database.ts";
import { StoreMissingError } from "./errors.ts";
import { fromFloatBlob, toFloatBlob } from "./float-blob.ts";
import { jsonColumn } from "./json-column.ts";
import type { VectorMaker } from "./vectors.ts";
import { Writers } from "./writers.ts";

const makerShape = z.object({ modelId: z.string(), profileVersion: z.string().optional() });
const correctionRow = z.object({
  id: z.string(),
  createdMs: z.number(),
  lesson: jsonColumn(lessonShape),
  maker: jsonColumn(makerShape).optional(),
  vector: z.instanceof(Uint8Array).optional(),
});
const nameRow = z.object({ name: z.string() });
const idRow = z.object({ id: z.number() });

/** What coming back from the mirror brought. */
export interface RestoredCorrections {
  readonly restored: number;
  /** Lines that could not be read, for instance one torn by a crash. They stay in the file. */
  readonly damagedLines: number;
}

/** What the writer taught. Each correction is in the mirror, and on the disk, before it is in the database. */
export class Corrections {
  readonly #database: Database;
  readonly #mirror: CorrectionsMirror;
  readonly #clock: Clock;
  readonly #newId: () => string;

  constructor(database: Database, mirror: CorrectionsMirror, clock: Clock, newId: () => string) {
    this.#database = database;
    this.#mirror = mirror;
    this.#clock = clock;
    this.#newId = newId;
  }

  /** Keeps a lesson. Should the database fail after the mirror was written, it comes back at the next start. */
  add(writerId: number, lesson: Lesson, vector?: CorrectionVector): Correction {
    const correction = { id: this.#newId(), createdMs: this.#clock(), lesson, vector };
    this.#database.transaction(() => {
      const writer = this.#database.first(nameRow, "SELECT name FROM writers WHERE id = ?", writerId);
      if (writer === undefined) throw new StoreMissingError(`writer with id ${writerId}`);
      this.#mirror.append(asEntry(correction, writer.name));
      this.#insert(writerId, correction);
    });
    return correction;
  }

  /** All corrections of a writer, oldest first. */
  list(writerId: number): readonly Correction[] {
    const sql = `SELECT id, created_ms AS createdMs, content AS lesson, vector_maker AS maker, vector
      FROM corrections WHERE writer_id = ? ORDER BY number`;
    return this.#database.all(correctionRow, sql, writerId).map(({ maker, vector, ...row }) => ({
      ...row,
      vector: maker && vector ? { maker: asMaker(maker), values: fromFloatBlob(vector) } : undefined,
    }));
  }

  /** The corrections that count: of several about the same sentence, or document and tag, the last. */
  current(writerId: number): readonly Correction[] {
    const corrections = this.list(writerId);
    const last = new Map(corrections.map((correction) => [subjectOf(correction.lesson), correction.id]));
    return corrections.filter(({ id, lesson }) => last.get(subjectOf(lesson)) === id);
  }

  /** Sets the vector anew after the model changed. The mirror keeps the former one. */
  setVector(id: string, vector: CorrectionVector): void {
    const sql = "UPDATE corrections SET vector_maker = ?, vector = ? WHERE id = ?";
    this.#database.run(sql, JSON.stringify(vector.maker), toFloatBlob(vector.values), id);
  }

  /** Takes a correction back, in the mirror too. */
  withdraw(id: string): void {
    this.#database.transaction(() => {
      this.#mirror.keepOnly((line) => line.kind === "damaged" || line.entry.id !== id);
      this.#database.run("DELETE FROM corrections WHERE id = ?", id);
    });
  }

  /** Brings back what the mirror has and the database lacks, making the writers where they are missing. */
  restoreFromMirror(): RestoredCorrections {
    return this.#database.transaction(() => {
      let restored = 0;
      let damagedLines = 0;
      for (const line of this.#mirror.read()) {
        if (line.kind === "damaged") damagedLines += 1;
        else if (this.#restore(line.entry)) restored += 1;
      }
      return { restored, damagedLines };
    });
  }

  #restore(entry: MirrorEntry): boolean {
    const knownSql = "SELECT 1 AS id FROM corrections WHERE id = ?";
    if (this.#database.first(idRow, knownSql, entry.id) !== undefined) return false;
    const writer = new Writers(this.#database, () => entry.createdMs).ensure(entry.writer);
    this.#insert(writer.id, { ...entry, vector: vectorOf(entry) });
    return true;
  }

  #insert(writerId: number, { id, createdMs, lesson, vector }: Correction): void {
    const sql = `INSERT INTO corrections (id, writer_id, created_ms, content, vector_maker, vector)
      VALUES (?, ?, ?, ?, ?, ?)`;
    const maker = vector && JSON.stringify(vector.maker);
    const content = vector && toFloatBlob(vector.values);
    this.#database.run(sql, id, writerId, createdMs, JSON.stringify(lesson), maker, content);
  }
}

function asMaker(maker: z.infer<typeof makerShape>): VectorMaker {
  return { modelId: maker.modelId, profileVersion: maker.profileVersion };
}

function asEntry({ id, createdMs, lesson, vector }: Correction, writer: string): MirrorEntry {
  const line = { version: 1 as const, id, writer, createdMs, lesson };
  if (vector === undefined) return line;
  const float32Base64 = Buffer.from(toFloatBlob(vector.values)).toString("base64");
  return { ...line, vector: { ...vector.maker, float32Base64 } };
}

function vectorOf({ vector }: MirrorEntry): CorrectionVector | undefined {
  if (vector === undefined) return undefined;
  const values = fromFloatBlob(Buffer.from(vector.float32Base64, "base64"));
  return { maker: asMaker(vector), values };
}
