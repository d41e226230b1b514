import { z } from "zod";
import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";
import { jsonColumn } from "./json-column.ts";

/** One person whose language is learned. */
export interface Writer {
  readonly id: number;
  readonly name: string;
  /** Folders in which the writer's documents are looked for. */
  readonly folders: readonly string[];
  readonly createdMs: number;
}

const writerRow = z.object({
  id: z.number(),
  name: z.string(),
  folders: jsonColumn(z.array(z.string())),
  createdMs: z.number(),
});

const columns = "id, name, folders, created_ms AS createdMs";

/** The writers whom the store knows. */
export class Writers {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Gives the writer of this name, and makes one without folders where there is none. */
  ensure(name: string): Writer {
    const sql = `INSERT INTO writers (name, folders, created_ms) VALUES (?, '[]', ?)
      ON CONFLICT (name) DO UPDATE SET name = name RETURNING ${columns}`;
    const [writer] = this.#database.all(writerRow, sql, name, this.#clock());
    return writer!;
  }

  withId(id: number): Writer | undefined {
    return this.#database.first(writerRow, `SELECT ${columns} FROM writers WHERE id = ?`, id);
  }

  named(name: string): Writer | undefined {
    return this.#database.first(writerRow, `SELECT ${columns} FROM writers WHERE name = ?`, name);
  }

  /** All writers by name. */
  list(): readonly Writer[] {
    return this.#database.all(writerRow, `SELECT ${columns} FROM writers ORDER BY name`);
  }

  /** Drops a name with which nothing is connected: a folder was tried from which nothing could be learned. */
  removeUnused(name: string): void {
    const used = ["documents", "corrections", "accepted_tags", "profile_versions", "learning_runs"]
      .map((table) => `SELECT writer_id FROM ${table}`)
      .join(" UNION ");
    const sql = `DELETE FROM writers WHERE name = ? AND folders = '[]' AND id NOT IN (${used})`;
    this.#database.run(sql, name);
  }

  rename(writerId: number, name: string): void {
    this.#database.run("UPDATE writers SET name = ? WHERE id = ?", name, writerId);
  }

  setFolders(writerId: number, folders: readonly string[]): void {
    this.#database.run("UPDATE writers SET folders = ? WHERE id = ?", JSON.stringify(folders), writerId);
  }
}
