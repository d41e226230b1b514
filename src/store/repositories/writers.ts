import { z } from "zod";
import { jsonColumn } from "../database/columns.ts";
import { Table } from "../database/database.ts";

/** One person whose language is learned. */
export interface Writer {
  readonly id: number;
  readonly name: string;
  /** Folders in which the writer's documents are looked for. */
  readonly folders: readonly string[];
  /** Where folders really lay when they were chosen; stores of earlier formats do not know it. */
  readonly places: Readonly<Record<string, string>>;
  readonly createdMs: number;
}

const writerRow = z.object({
  id: z.number(),
  name: z.string(),
  folders: jsonColumn(z.array(z.string())),
  places: jsonColumn(z.record(z.string(), z.string())),
  createdMs: z.number(),
});

const fileChoiceShape = z.object({
  /** Globs in place of the usual ones, and such that are left out besides those. */
  include: z.array(z.string()).optional(),
  exclude: z.array(z.string()).optional(),
  maximumFileBytes: z.number().optional(),
  languages: z.array(z.string()).optional(),
  /** Whether hashtags in the text are tags; absent: in folders where the writer uses them. */
  hashtags: z.enum(["auto", "always", "never"]).optional(),
});

/** Which files of a folder are read, and what of them. */
export type FileChoice = Readonly<z.infer<typeof fileChoiceShape>>;

/** The shape of `ChosenFiles`, as JSON keeps it. */
export const chosenFilesShape = fileChoiceShape.extend({
  /** Of folders of the writer for which an editor has said it: there these hold alone. */
  byFolder: z.record(z.string(), fileChoiceShape).optional(),
  by: z.enum(["editor", "terminal"]).optional(),
  /** Documents that the writer wrote together with others are learned from, too. */
  coAuthors: z.boolean().optional(),
  /** Endings of the files that are searched for where `include` is absent; absent: those of the first versions. */
  endings: z.array(z.string()).optional(),
  /** Folders that are not learned from, also inside of others that are. */
  leaveOut: z.array(z.string()).optional(),
});

/** Which files of a writer's folders are read, and where that was chosen. */
export type ChosenFiles = Readonly<z.infer<typeof chosenFilesShape>>;

const chosenRow = z.object({ chosen: jsonColumn(chosenFilesShape) });

const strengthRow = z.object({ strength: z.number() });

const columns = "id, name, folders, places, created_ms AS createdMs";

/** The writers whom the store knows. */
export class Writers extends Table {
  /** Gives the writer of this name, and makes one without folders where there is none. */
  ensure(name: string, createdMs = this.database.clock()): Writer {
    const sql = `INSERT INTO writers (name, folders, created_ms) VALUES (?, '[]', ?)
      ON CONFLICT (name) DO UPDATE SET name = name RETURNING ${columns}`;
    const [writer] = this.database.all(writerRow, sql, name, createdMs);
    return writer!;
  }

  withId(id: number): Writer | undefined {
    return this.database.first(writerRow, `SELECT ${columns} FROM writers WHERE id = ?`, id);
  }

  named(name: string): Writer | undefined {
    return this.database.first(writerRow, `SELECT ${columns} FROM writers WHERE name = ?`, name);
  }

  /** All writers by name. */
  list(): readonly Writer[] {
    return this.database.all(writerRow, `SELECT ${columns} FROM writers ORDER BY name`);
  }

  /** Drops a name with which nothing is connected: a folder was tried from which nothing could be learned. */
  removeUnused(name: string): void {
    const used = ["documents", "corrections", "accepted_tags", "profile_versions", "learning_runs"]
      .map((table) => `SELECT writer_id FROM ${table}`)
      .join(" UNION ");
    const sql = `DELETE FROM writers WHERE name = ? AND folders = '[]' AND id NOT IN (${used})`;
    this.database.run(sql, name);
  }

  rename(writerId: number, name: string): void {
    this.database.run("UPDATE writers SET name = ? WHERE id = ?", name, writerId);
  }

  /** Which files of the folders are read, as it was kept; undefined where nobody has learned the writer yet. */
  chosenFiles(writerId: number): ChosenFiles | undefined {
    const sql = "SELECT chosen_files AS chosen FROM writers WHERE id = ? AND chosen_files IS NOT NULL";
    return this.database.first(chosenRow, sql, writerId)?.chosen;
  }

  setChosenFiles(writerId: number, files: ChosenFiles): void {
    this.database.run("UPDATE writers SET chosen_files = ? WHERE id = ?", JSON.stringify(files), writerId);
  }

  /** How much the writer's own reading counts, from 0 to 1; undefined where no editor has said it yet. */
  toneStrength(writerId: number): number | undefined {
    const sql = "SELECT tone_strength AS strength FROM writers WHERE id = ? AND tone_strength IS NOT NULL";
    return this.database.first(strengthRow, sql, writerId)?.strength;
  }

  setToneStrength(writerId: number, strength: number): void {
    this.database.run("UPDATE writers SET tone_strength = ? WHERE id = ?", strength, writerId);
  }

  setFolders(
    writerId: number,
    folders: readonly string[],
    places: Readonly<Record<string, string>> = {},
  ): void {
    const sql = "UPDATE writers SET folders = ?, places = ? WHERE id = ?";
    this.database.run(sql, JSON.stringify(folders), JSON.stringify(places), writerId);
  }
}
