import { z } from "zod";
import { tagKey } from "../../text/tag-key.ts";
import { Table } from "../database/database.ts";

const acceptedRow = z.object({
  number: z.number(),
  path: z.string(),
  textHash: z.string(),
  sentences: z.instanceof(Uint8Array),
  tag: z.string(),
  acceptedMs: z.number(),
});

/** The text that a tag was taken for. A path alone is not enough: files are saved, renamed and written anew. */
export interface AcceptingText {
  /** Where it lay; for what is no file yet a name that is no path. */
  readonly path: string;
  readonly textHash: string;
  /** Short hashes of its sentences, by which the text is known again wherever it lies. */
  readonly sentences: Uint8Array;
}

/** A tag that a document has because the writer took it from our suggestions. */
export type AcceptedTag = Readonly<z.infer<typeof acceptedRow>>;

/**
 * Tags that were taken from suggestions, by text. They are tags like others, but no evidence that
 * suggestions are right: what learns from its own answers ends up agreeing with itself. `tag` is folded.
 */
export class AcceptedTags extends Table {
  /** Remembers tags taken for a text; one that is known keeps its first time. */
  add(writerId: number, { path, textHash, sentences }: AcceptingText, tags: readonly string[]): void {
    const sql = `INSERT INTO accepted_tags (writer_id, path, text_hash, sentences, tag, accepted_ms)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (writer_id, path, text_hash, tag) DO NOTHING`;
    this.database.transaction(() => {
      for (const tag of tags) {
        this.database.run(sql, writerId, path, textHash, sentences, tagKey(tag), this.database.clock());
      }
    });
  }

  /** Takes in what was accepted elsewhere, with its time; gives how many were not known here. */
  merge(writerId: number, tags: readonly Omit<AcceptedTag, "number">[]): number {
    const sql = `INSERT INTO accepted_tags (writer_id, path, text_hash, sentences, tag, accepted_ms)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (writer_id, path, text_hash, tag) DO NOTHING`;
    return this.database.transaction(() =>
      tags.reduce(
        (added, { path, textHash, sentences, tag, acceptedMs }) =>
          added + this.database.run(sql, writerId, path, textHash, sentences, tagKey(tag), acceptedMs),
        0,
      ),
    );
  }

  /** All of a writer's, by path, in the order in which they were taken. */
  list(writerId: number): readonly AcceptedTag[] {
    const sql = `SELECT number, path, text_hash AS textHash, sentences, tag, accepted_ms AS acceptedMs
      FROM accepted_tags WHERE writer_id = ? ORDER BY path, number`;
    return this.database.all(acceptedRow, sql, writerId);
  }

  /** Forgets one: the writer has said that the tag belongs there, which is evidence. */
  remove({ number }: Pick<AcceptedTag, "number">): void {
    this.database.run("DELETE FROM accepted_tags WHERE number = ?", number);
  }
}
