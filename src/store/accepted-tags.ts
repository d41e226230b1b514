import { z } from "zod";
import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";
import { foldTag } from "./fold-tag.ts";

const acceptedRow = z.object({ path: z.string(), tag: z.string(), acceptedMs: z.number() });

/** A tag that a document has because the writer took it from our suggestions. */
export type AcceptedTag = Readonly<z.infer<typeof acceptedRow>>;

/**
 * Tags that were taken from suggestions, by document. They are tags like others, but no evidence that
 * suggestions are right: what learns from its own answers ends up agreeing with itself. `tag` is folded.
 */
export class AcceptedTags {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Remembers tags of the document at a path; one that is known keeps its first time. */
  add(writerId: number, path: string, tags: readonly string[]): void {
    const sql = `INSERT INTO accepted_tags (writer_id, path, tag, accepted_ms) VALUES (?, ?, ?, ?)
      ON CONFLICT (writer_id, path, tag) DO NOTHING`;
    this.#database.transaction(() => {
      for (const tag of tags) this.#database.run(sql, writerId, path, foldTag(tag), this.#clock());
    });
  }

  /** All of a writer's, by path and tag. */
  list(writerId: number): readonly AcceptedTag[] {
    const sql = `SELECT path, tag, accepted_ms AS acceptedMs FROM accepted_tags
      WHERE writer_id = ? ORDER BY path, tag`;
    return this.#database.all(acceptedRow, sql, writerId);
  }

  /** Forgets one: the writer has said that the tag belongs there, which is evidence. */
  remove(writerId: number, path: string, tag: string): void {
    const sql = "DELETE FROM accepted_tags WHERE writer_id = ? AND path = ? AND tag = ?";
    this.#database.run(sql, writerId, path, foldTag(tag));
  }
}
