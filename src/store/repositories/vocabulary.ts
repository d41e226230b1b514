import { z } from "zod";
import { tagKey } from "../../text/tag-key.ts";
import { Table } from "../database/database.ts";

/** A tag of the writer, with all spellings of it brought together. */
export interface VocabularyEntry {
  /** The spelling that the writer uses most; among equals the one used last. */
  readonly tag: string;
  /** The form by which spellings are compared. */
  readonly folded: string;
  /** Number of documents that have the tag. */
  readonly documents: number;
  /** Date of the oldest and newest of them; `undefined` where none has a date. */
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

const useRow = z.object({ documentId: z.number(), tag: z.string(), dateMs: z.number().optional() });
type Use = z.infer<typeof useRow>;

/**
 * The writer's tags with counts. They are derived from the documents at each call, not stored: one truth cannot
 * fall out of step, and counting a few thousand rows takes milliseconds.
 */
export class Vocabulary extends Table {
  /** All tags of a writer, most used first, ties by folded name. */
  list(writerId: number): readonly VocabularyEntry[] {
    const sql = `SELECT document_id AS documentId, tag, date_ms AS dateMs
      FROM document_tags JOIN documents ON documents.id = document_id
      WHERE writer_id = ? AND counts = 1 ORDER BY date_ms, path, position`;
    const uses = Map.groupBy(this.database.all(useRow, sql, writerId), ({ tag }) => tagKey(tag));
    return [...uses]
      .map(([folded, found]) => entryOf(folded, found))
      .sort((a, b) => b.documents - a.documents || (a.folded < b.folded ? -1 : 1));
  }
}

/** @param uses all uses of one tag, oldest first */
function entryOf(folded: string, uses: readonly Use[]): VocabularyEntry {
  const bySpelling = Map.groupBy(uses, ({ tag }) => tag.trim());
  const spellings = [...bySpelling].map(([tag, found]) => ({
    tag,
    count: found.length,
    last: uses.lastIndexOf(found.at(-1)!),
  }));
  const best = spellings.reduce((a, b) =>
    b.count > a.count || (b.count === a.count && b.last > a.last) ? b : a,
  );
  const dates = uses.flatMap(({ dateMs }) => dateMs ?? []);
  return {
    tag: best.tag,
    folded,
    documents: new Set(uses.map(({ documentId }) => documentId)).size,
    firstMs: dates.at(0),
    lastMs: dates.at(-1),
  };
}
