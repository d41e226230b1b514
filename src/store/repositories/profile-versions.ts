import { z } from "zod";
import { said } from "../../said/said.ts";
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

/** A version that was learned elsewhere, as it comes in. */
export interface ForeignVersion extends NewProfileVersion {
  readonly id: string;
  readonly createdMs: number;
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
const numberRow = z.object({ number: z.number().optional() });
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
      this.#insert(writerId, { ...version, id, createdMs: this.database.clock() });
      if (use === "activate") this.activate(writerId, id);
      this.#dropOld(writerId);
      return this.#find(writerId, id);
    });
  }

  /**
   * Takes in versions that were learned elsewhere, at their place in time. Of more than five the oldest go, but neither
   * the one that readings use from now on nor the others that are named.
   *
   * @param active what readings use from now on; undefined: as before
   * @param alsoKept ids of versions that stay however old they are
   * @returns how many were not known here
   */
  merge(
    writerId: number,
    versions: readonly ForeignVersion[],
    active: string | undefined,
    alsoKept: readonly string[],
  ): number {
    return this.database.transaction(() => {
      const known = new Set(this.database.all(idRow, "SELECT id FROM profile_versions").map(({ id }) => id));
      const added = versions.filter(({ id }) => !known.has(id));
      for (const version of added) this.#insert(writerId, version);
      this.#orderByTime(writerId);
      if (active !== undefined) this.activate(writerId, active);
      this.#dropOld(writerId, alsoKept);
      return added.length;
    });
  }

  #insert(
    writerId: number,
    { id, createdMs, baseModelId, formatVersion, report, blobs }: ForeignVersion,
  ): void {
    const sql = `INSERT INTO profile_versions
        (id, writer_id, created_ms, base_model_id, format_version, report, active)
      VALUES (?, ?, ?, ?, ?, ?, 0)`;
    this.database.run(sql, id, writerId, createdMs, baseModelId, formatVersion, JSON.stringify(report));
    insertBlobs(this.database, "profile_blobs", id, blobs);
  }

  /** Gives the newest version the highest number: numbers are in order of time, as they are where nothing was imported. */
  #orderByTime(writerId: number): void {
    const sql = "SELECT id FROM profile_versions WHERE writer_id = ? ORDER BY created_ms, number";
    const [last] = this.database.all(numberRow, "SELECT max(number) AS number FROM profile_versions");
    this.database.all(idRow, sql, writerId).forEach(({ id }, at) => {
      const number = (last?.number ?? 0) + 1 + at;
      this.database.run("UPDATE profile_versions SET number = ? WHERE id = ?", number, id);
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
    if (found === undefined) throw new StoreMissingError(said("profile version {0} of this writer", id));
    return found;
  }

  #dropOld(writerId: number, alsoKept: readonly string[] = []): void {
    const sql = `SELECT id FROM profile_versions WHERE writer_id = ? AND active = 0 ORDER BY number DESC`;
    const inactive = this.database.all(idRow, sql, writerId);
    const room = this.active(writerId) === undefined ? keptVersions : keptVersions - 1;
    const firstInLine = inactive.toSorted(
      (a, b) => Number(alsoKept.includes(b.id)) - Number(alsoKept.includes(a.id)),
    );
    for (const { id } of firstInLine.slice(room)) {
      this.database.run("DELETE FROM profile_versions WHERE id = ?", id);
    }
  }
}
