import { z } from "zod";
import { type JsonValue, jsonColumn } from "../database/columns.ts";
import { Table } from "../database/database.ts";
import { insertBlobs, type NamedBlobs, readBlobs } from "../database/named-blobs.ts";
import { StoreMissingError } from "../errors.ts";

/** What a learned profile consists of. */
export interface NewProfileVersion {
  /** The base model that the prompts and heads belong to; they fit no other. */
  readonly baseModelId: string;
  /** Format of the blobs. A reader refuses formats that it does not know. */
  readonly formatVersion: number;
  /** Prompts, heads, thresholds, ranker. */
  readonly blobs: NamedBlobs;
  /** The held-out report. */
  readonly report: JsonValue;
}

/** A profile version without its blobs. */
export interface ProfileVersion {
  readonly id: string;
  readonly createdMs: number;
  readonly baseModelId: string;
  readonly formatVersion: number;
  readonly report: JsonValue;
  /** Whether readings use it. At most one version of a writer is active. */
  readonly isActive: boolean;
}

const keptVersions = 5;
const versionColumns = `id, created_ms AS createdMs, base_model_id AS baseModelId,
  format_version AS formatVersion, report, active AS isActive`;
const versionRow = z.object({
  id: z.string(),
  createdMs: z.number(),
  baseModelId: z.string(),
  formatVersion: z.number(),
  report: jsonColumn(z.json()),
  isActive: z.number().transform((flag) => flag === 1),
});
const idRow = z.object({ id: z.string() });
/** The part of a report that tells who else wrote in the folders. */
const authorsRow = z.object({
  id: z.string(),
  report: jsonColumn(
    z.looseObject({
      corpus: z.looseObject({ authors: z.array(z.looseObject({ name: z.string().optional() })) }),
    }),
  ),
});

/** What was learned of a writer: the last five versions, one of them active. */
export class ProfileVersions extends Table {
  /**
   * Keeps a new version and drops those beyond the last five; the active one is never dropped.
   *
   * @param use whether readings use it from now on; otherwise the former active version stays
   */
  add(writerId: number, version: NewProfileVersion, use: "activate" | "keepFormer"): ProfileVersion {
    const id = this.database.newId();
    return this.database.transaction(() => {
      const sql = `INSERT INTO profile_versions
          (id, writer_id, created_ms, base_model_id, format_version, report, active)
        VALUES (?, ?, ?, ?, ?, ?, 0)`;
      const { baseModelId, formatVersion, report } = version;
      this.database.run(
        sql,
        id,
        writerId,
        this.database.clock(),
        baseModelId,
        formatVersion,
        JSON.stringify(report),
      );
      insertBlobs(this.database, "profile_blobs", id, version.blobs);
      if (use === "activate") this.activate(writerId, id);
      this.#dropOld(writerId);
      return this.#find(writerId, id);
    });
  }

  /** All versions of a writer, newest first. */
  list(writerId: number): readonly ProfileVersion[] {
    const sql = `SELECT ${versionColumns} FROM profile_versions WHERE writer_id = ? ORDER BY number DESC`;
    return this.database.all(versionRow, sql, writerId);
  }

  /** Has a version tell something else of itself. */
  revise(id: string, report: JsonValue): void {
    this.database.run("UPDATE profile_versions SET report = ? WHERE id = ?", JSON.stringify(report), id);
  }

  /** The version that readings use; `undefined` = none, the general model reads. */
  active(writerId: number): ProfileVersion | undefined {
    return this.list(writerId).find(({ isActive }) => isActive);
  }

  /**
   * Reads the parts of a version.
   *
   * @throws StoreChecksumError if a part is damaged
   */
  blobs(id: string): NamedBlobs {
    return readBlobs(this.database, "profile_blobs", id);
  }

  /**
   * Lets readings use this version.
   *
   * @throws StoreMissingError if the writer has no such version
   */
  activate(writerId: number, id: string): ProfileVersion {
    return this.database.transaction(() => {
      this.database.run(
        "UPDATE profile_versions SET active = 0 WHERE writer_id = ? AND active = 1",
        writerId,
      );
      const sql = "UPDATE profile_versions SET active = 1 WHERE writer_id = ? AND id = ?";
      this.database.run(sql, writerId, id);
      return this.#find(writerId, id);
    });
  }

  /** Drops a version that readings do not use. Does nothing where there is none of this id. */
  remove(writerId: number, id: string): void {
    const sql = "DELETE FROM profile_versions WHERE writer_id = ? AND id = ? AND active = 0";
    this.database.run(sql, writerId, id);
  }

  /** Takes somebody's name out of the reports of others, who wrote in the same folders. */
  forgetAuthor(name: string): void {
    const sql = `SELECT id, report FROM profile_versions
      WHERE CASE WHEN json_valid(report) THEN json_type(report, '$.corpus.authors') END = 'array'`;
    for (const { id, report } of this.database.all(authorsRow, sql)) {
      const authors = report.corpus.authors.filter((author) => author.name !== name);
      if (authors.length === report.corpus.authors.length) continue;
      const without = JSON.stringify({ ...report, corpus: { ...report.corpus, authors } });
      this.database.run("UPDATE profile_versions SET report = ? WHERE id = ?", without, id);
    }
  }

  #find(writerId: number, id: string): ProfileVersion {
    const sql = `SELECT ${versionColumns} FROM profile_versions WHERE writer_id = ? AND id = ?`;
    const found = this.database.first(versionRow, sql, writerId, id);
    if (found === undefined) throw new StoreMissingError(`profile version ${id} of this writer`);
    return found;
  }

  #dropOld(writerId: number): void {
    const sql = `SELECT id FROM profile_versions WHERE writer_id = ? AND active = 0 ORDER BY number DESC`;
    const inactive = this.database.all(idRow, sql, writerId);
    const room = this.active(writerId) === undefined ? keptVersions : keptVersions - 1;
    for (const { id } of inactive.slice(room)) {
      this.database.run("DELETE FROM profile_versions WHERE id = ?", id);
    }
  }
}
