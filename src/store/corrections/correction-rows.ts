import { createHash } from "node:crypto";
import { z } from "zod";
import { floatColumn, fromFloatBlob, jsonColumn, toFloatBlob } from "../database/columns.ts";
import { Table } from "../database/database.ts";
import type { VectorMaker } from "../repositories/vectors.ts";
import { type Correction, lessonShape } from "./correction.ts";
import type { MirrorEntry } from "./mirror-line.ts";

const makerShape = z.object({ modelId: z.string(), profileVersion: z.string().optional() });
const rowShape = z.object({
  number: z.number(),
  id: z.string(),
  writerId: z.number(),
  createdMs: z.number(),
  content: z.string(),
  maker: z.string().optional(),
  vector: z.instanceof(Uint8Array).optional(),
  sha256: z.string().optional(),
});
const parsedShape = z.object({
  lesson: jsonColumn(lessonShape),
  maker: jsonColumn(makerShape).optional(),
  vector: floatColumn.optional(),
});
const newestRow = z.object({ newestMs: z.number().optional() });
const numberRow = z.object({ number: z.number() });

/** A row as it stands in the database, whether it makes sense or not. */
export type CorrectionRow = Readonly<z.infer<typeof rowShape>>;

const columns = `number, id, writer_id AS writerId, created_ms AS createdMs, content, vector_maker AS maker, vector, sha256`;

/** The table of corrections. SQLite has no checksums, so each row has one of its own. */
export class CorrectionRows extends Table {
  insert(writerId: number, { id, createdMs, lesson, vector }: Correction): void {
    const [maker, content] = [vector && JSON.stringify(vector.maker), JSON.stringify(lesson)];
    const bytes = vector && toFloatBlob(vector.values);
    const sha256 = checksum({ id, writerId, createdMs, content, maker, vector: bytes });
    const sql = `INSERT INTO corrections (id, writer_id, created_ms, content, vector_maker, vector, sha256)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    this.database.run(sql, id, writerId, createdMs, content, maker, bytes, sha256);
  }

  /** A writer's rows in the order in which they were taught, also those that came back from the mirror later. */
  of(writerId: number): readonly CorrectionRow[] {
    const sql = `SELECT ${columns} FROM corrections WHERE writer_id = ? ORDER BY created_ms, number`;
    return this.database.all(rowShape, sql, writerId);
  }

  withId(id: string): CorrectionRow | undefined {
    return this.database.first(rowShape, `SELECT ${columns} FROM corrections WHERE id = ?`, id);
  }

  /** All rows, found without the indexes, which may be damaged. */
  everywhere(): readonly CorrectionRow[] {
    return this.database.all(rowShape, `SELECT ${columns} FROM corrections NOT INDEXED ORDER BY number`);
  }

  /** When the writer's newest was taught. */
  newestMs(writerId: number): number | undefined {
    const sql = "SELECT max(created_ms) AS newestMs FROM corrections WHERE writer_id = ?";
    return this.database.first(newestRow, sql, writerId)?.newestMs;
  }

  /** Gives checksums to rows of stores that had none. */
  addChecksums(): void {
    for (const row of this.everywhere()) {
      if (row.sha256 !== undefined) continue;
      const sql = "UPDATE corrections SET sha256 = ? WHERE number = ?";
      this.database.run(sql, checksum(row), row.number);
    }
  }

  remove(rows: readonly Pick<CorrectionRow, "number">[]): void {
    for (const { number } of rows) this.database.run("DELETE FROM corrections WHERE number = ?", number);
  }

  withoutChecksum(): boolean {
    const sql = "SELECT number FROM corrections WHERE sha256 IS NULL LIMIT 1";
    return this.database.first(numberRow, sql) !== undefined;
  }
}

/** Whether a row is as it was written; one of an older version counts as such where it can be read. */
export function isIntact(row: CorrectionRow): boolean {
  if (row.sha256 !== undefined && row.sha256 !== checksum(row)) return false;
  return parsedShape.safeParse({ ...row, lesson: row.content }).success;
}

export function correctionOf(row: CorrectionRow): Correction {
  const { lesson, maker, vector } = parsedShape.parse({ ...row, lesson: row.content });
  const { id, createdMs } = row;
  const values = vector && fromFloatBlob(vector);
  return { id, createdMs, lesson, vector: maker && values ? { maker: asMaker(maker), values } : undefined };
}

export function entryOf({ id, createdMs, lesson, vector }: Correction, writer: string): MirrorEntry {
  const entry = { id, writer, createdMs, lesson };
  if (vector === undefined) return entry;
  const float32Base64 = Buffer.from(toFloatBlob(vector.values)).toString("base64");
  return { ...entry, vector: { ...vector.maker, float32Base64 } };
}

export function correctionIn({ id, createdMs, lesson, vector }: MirrorEntry): Correction {
  if (vector === undefined) return { id, createdMs, lesson, vector: undefined };
  const values = fromFloatBlob(Buffer.from(vector.float32Base64, "base64"));
  return { id, createdMs, lesson, vector: { maker: asMaker(vector), values } };
}

function asMaker(maker: z.infer<typeof makerShape>): VectorMaker {
  return { modelId: maker.modelId, profileVersion: maker.profileVersion };
}

type Checked = Pick<CorrectionRow, "id" | "writerId" | "createdMs" | "content" | "maker"> & {
  readonly vector?: Uint8Array | undefined;
};

function checksum({ id, writerId, createdMs, content, maker, vector }: Checked): string {
  const hash = createHash("sha256").update(JSON.stringify([id, writerId, createdMs, content, maker ?? null]));
  return (vector === undefined ? hash : hash.update(vector)).digest("hex");
}
