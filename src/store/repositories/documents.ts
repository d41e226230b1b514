import { z } from "zod";
import { type RowParser, Table } from "../database/database.ts";

/** What a document is, without its sentences. Absent values are `undefined`: the file does not tell them. */
export interface DocumentRecord {
  readonly path: string;
  /** Hash of the file's bytes and of whatever else decides how they are read. Documents with the same hash are copies. */
  readonly hash: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly author: string | undefined;
  readonly language: string | undefined;
  readonly dateMs: number | undefined;
  readonly title: string | undefined;
  readonly words: number;
  /** In the writer's own spelling and order. */
  readonly tags: readonly string[];
  /** In its text. They are among the tags of a document that is read from the store once they count as such. */
  readonly hashtags?: readonly string[];
  /** Those of `tags` that may be several, apart by blanks. */
  readonly spacedTags?: readonly string[];
}

/**
 * What a tag of a document is written as: in a field, as a hashtag in the text, as a text of several words in a field,
 * or one of these words. The last three count as tags, or not, by what the writer's other documents say.
 */
export type TagKind = "field" | "hashtag" | "spaced" | "word";

/** One tag of one document, whether or not it counts. */
export interface TagUse {
  readonly documentId: number;
  readonly path: string;
  readonly tag: string;
  readonly kind: TagKind;
  readonly counts: boolean;
}

/** A document that the store has. The id stays the same when the file at the path changes. */
export interface StoredDocument extends DocumentRecord {
  readonly id: number;
}

/** What is asked of a document for its tags: thousands are listed for one question. */
export type NamedTags = Pick<StoredDocument, "id" | "path" | "dateMs" | "title" | "tags">;

/** One of the writer's own sentences in plain text. */
export interface SentenceRecord {
  /** Number of the paragraph in the document, from 0. */
  readonly paragraph: number;
  /** Half-open span in the source, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** ISO 639-1 where there is one, else 639-3; absent where it was read before languages were told. */
  readonly language?: string | undefined;
}

/** What tells whether a file has to be read again. */
export interface FileFingerprint {
  readonly hash: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly author?: string | undefined;
}

/** What `save` did. `changed` is false where the same text was there already; derived rows were then kept. */
export interface SavedDocument {
  readonly id: number;
  readonly changed: boolean;
}

const fingerprintColumns = "path, hash, size_bytes AS sizeBytes, mtime_ms AS mtimeMs, author";
const fingerprintRow = z.object({
  path: z.string(),
  hash: z.string(),
  sizeBytes: z.number(),
  mtimeMs: z.number(),
  author: z.string().optional(),
});
const documentColumns = `id, ${fingerprintColumns}, language, date_ms AS dateMs, title, words`;
const documentRow = fingerprintRow.extend({
  id: z.number(),
  language: z.string().optional(),
  dateMs: z.number().optional(),
  title: z.string().optional(),
  words: z.number(),
});
const keyRow = z.object({ id: z.number(), hash: z.string() });
const tagRow = z.object({ documentId: z.number(), tag: z.string() });
const sentenceRow = z.object({
  paragraph: z.number(),
  start: z.number(),
  end: z.number(),
  text: z.string(),
  language: z.string().optional(),
});

/** Thousands are listed for one question: a schema would cost more than the row. */
const namedTagsRow: RowParser<NamedTags> = {
  parse(found) {
    const { id, path, dateMs, title, tags } = found as Partial<Record<keyof NamedTags, unknown>>;
    const isDate = dateMs === undefined || typeof dateMs === "number";
    const isTitle = title === undefined || typeof title === "string";
    const list: readonly unknown[] = tags === "[]" ? noTags : JSON.parse(`${tags}`);
    if (typeof id !== "number" || typeof path !== "string" || !isDate || !isTitle || !list.every(isText)) {
      throw new TypeError("A document has another type than its columns.");
    }
    return { id, path, dateMs, title, tags: list };
  },
};
const noTags: readonly string[] = [];
const isText = (value: unknown): value is string => typeof value === "string";
const useRow = tagRow.extend({
  path: z.string(),
  kind: z.enum(["field", "hashtag", "spaced", "word"]),
  counts: z.number(),
});

/** Everything that was derived from a document's text. It goes when the text changes. */
const derivedTables = ["sentences", "passages", "labels", "vectors", "prepared_documents"] as const;

/** The writer's documents with tags and sentences. */
export class Documents extends Table {
  /** Files already read, by path, so that only changed ones are read again. */
  fingerprints(writerId: number): ReadonlyMap<string, FileFingerprint> {
    const sql = `SELECT ${fingerprintColumns} FROM documents WHERE writer_id = ?`;
    const rows = this.database.all(fingerprintRow, sql, writerId);
    return new Map(rows.map(({ path, ...fingerprint }) => [path, fingerprint]));
  }

  /**
   * Writes a document, replacing what the store has for its path. Where the hash is new, sentences, passages,
   * labels and vectors of the former text go; corrections stay, for they do not belong to a reading of the corpus.
   */
  save(writerId: number, document: DocumentRecord, sentences: readonly SentenceRecord[]): SavedDocument {
    return this.database.transaction(() => {
      const sql = "SELECT id, hash FROM documents WHERE writer_id = ? AND path = ?";
      const former = this.database.first(keyRow, sql, writerId, document.path);
      const id = this.#upsert(writerId, document);
      this.database.run("DELETE FROM document_tags WHERE document_id = ?", id);
      this.#insertTags(id, document);
      if (former?.hash === document.hash) return { id, changed: false };
      for (const table of derivedTables) {
        this.database.run(`DELETE FROM ${table} WHERE document_id = ?`, id);
      }
      this.#insertSentences(id, sentences);
      return { id, changed: true };
    });
  }

  /** Erases the document at a path with all that was derived from it. */
  remove(writerId: number, path: string): void {
    this.database.transaction(() => {
      this.#erase(writerId, path);
      // Made from all documents: what it says of this one would stay until tags are asked for.
      this.database.run("DELETE FROM prepared_tags WHERE writer_id = ?", writerId);
    });
  }

  #erase(writerId: number, path: string): void {
    this.database.run("DELETE FROM documents WHERE writer_id = ? AND path = ?", writerId, path);
  }

  /**
   * Follows a file that was renamed: what is derived from the document at `from` becomes that of the same text at
   * `to`. Does nothing unless both are there with the same hash.
   */
  move(writerId: number, from: string, to: string): void {
    this.database.transaction(() => {
      const [former, present] = [this.atPath(writerId, from), this.atPath(writerId, to)];
      if (former === undefined || former.hash !== present?.hash) return;
      this.#erase(writerId, to);
      this.database.run("UPDATE documents SET path = ? WHERE id = ?", to, former.id);
      // Date and title may come from the path.
      this.#upsert(writerId, present);
    });
  }

  /** The writer's documents, oldest first; those without a date come first, ties go by path. */
  list(writerId: number): readonly StoredDocument[] {
    return this.#select("writer_id = ? ORDER BY date_ms, path", writerId);
  }

  /** As `list`, with what is asked of a document for its tags. */
  listTags(writerId: number): readonly NamedTags[] {
    // Bytes in place of a text would end the query: they are no tag, and told as damage.
    const sql = `SELECT id, path, date_ms AS dateMs, title,
      (SELECT json_group_array(CASE typeof(tag) WHEN 'text' THEN tag END)
        FROM (SELECT tag FROM document_tags WHERE document_id = documents.id AND counts = 1 ORDER BY position)
      ) AS tags
      FROM documents WHERE writer_id = ? ORDER BY date_ms, path`;
    return this.database.all(namedTagsRow, sql, writerId);
  }

  atPath(writerId: number, path: string): StoredDocument | undefined {
    return this.#select("writer_id = ? AND path = ?", writerId, path)[0];
  }

  /** Documents with exactly this content, wherever they lie. */
  withHash(writerId: number, hash: string): readonly StoredDocument[] {
    // Without the sign SQLite goes through all of the writer's documents, as those are in order of path.
    return this.#select("writer_id = ? AND hash = ? ORDER BY +path", writerId, hash);
  }

  /** Sentences of a document in their order; the index is the position that labels and passages name. */
  sentences(documentId: number): readonly SentenceRecord[] {
    const sql = `SELECT paragraph, start_offset AS start, end_offset AS end, text, language
      FROM sentences WHERE document_id = ? ORDER BY position`;
    return this.database.all(sentenceRow, sql, documentId);
  }

  /** All tags of all documents, also those that do not count. */
  tagUses(writerId: number): readonly TagUse[] {
    const sql = `SELECT document_id AS documentId, path, tag, kind, counts
      FROM document_tags JOIN documents ON documents.id = document_id
      WHERE writer_id = ? ORDER BY path, position`;
    return this.database
      .all(useRow, sql, writerId)
      .map(({ counts, ...use }): TagUse => ({ ...use, counts: counts === 1 }));
  }

  /** Has the tags of a kind count in a document, or not. */
  countTags(documentId: number, kind: TagKind, counts: boolean): void {
    const sql = "UPDATE document_tags SET counts = ? WHERE document_id = ? AND kind = ?";
    this.database.run(sql, counts ? 1 : 0, documentId, kind);
  }

  #select(condition: string, ...values: readonly (string | number)[]): readonly StoredDocument[] {
    const found = `SELECT ${documentColumns} FROM documents WHERE ${condition}`;
    const rows = this.database.all(documentRow, found, ...values);
    const tagsSql = `SELECT document_id AS documentId, tag FROM document_tags
      WHERE counts = 1 AND document_id IN (SELECT id FROM documents WHERE ${condition})
      ORDER BY document_id, position`;
    const tags = Map.groupBy(this.database.all(tagRow, tagsSql, ...values), (row) => row.documentId);
    return rows.map((row) => ({
      ...row,
      author: row.author,
      language: row.language,
      dateMs: row.dateMs,
      title: row.title,
      tags: (tags.get(row.id) ?? []).map(({ tag }) => tag),
    }));
  }

  #upsert(writerId: number, document: DocumentRecord): number {
    const sql = `INSERT INTO documents
        (writer_id, path, hash, size_bytes, mtime_ms, author, language, date_ms, title, words)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (writer_id, path) DO UPDATE SET
        hash = excluded.hash, size_bytes = excluded.size_bytes, mtime_ms = excluded.mtime_ms,
        author = excluded.author, language = excluded.language, date_ms = excluded.date_ms,
        title = excluded.title, words = excluded.words
      RETURNING id, hash`;
    const { path, hash, sizeBytes, mtimeMs, author, language, dateMs, title, words } = document;
    const values = [writerId, path, hash, sizeBytes, mtimeMs, author, language, dateMs, title, words];
    const [row] = this.database.all(keyRow, sql, ...values);
    return row!.id;
  }

  /** Until all documents are known, hashtags and the words of a text do not count. */
  #insertTags(documentId: number, { tags, hashtags = [], spacedTags = [] }: DocumentRecord): void {
    const spaced = new Set(spacedTags);
    const kindOf = (tag: string): TagKind => (spaced.has(tag) ? "spaced" : "field");
    const uses: readonly (readonly [tag: string, kind: TagKind])[] = [
      ...tags.map((tag) => [tag, kindOf(tag)] as const),
      ...spacedTags.flatMap((tag) => tag.split(/\s+/).map((word) => [word, "word"] as const)),
      ...hashtags.map((tag) => [tag, "hashtag"] as const),
    ];
    const sql = "INSERT INTO document_tags (document_id, position, tag, kind, counts) VALUES (?, ?, ?, ?, ?)";
    uses.forEach(([tag, kind], position) => {
      const counts = kind === "field" || kind === "spaced" ? 1 : 0;
      this.database.run(sql, documentId, position, tag, kind, counts);
    });
  }

  #insertSentences(documentId: number, sentences: readonly SentenceRecord[]): void {
    const sql = `INSERT INTO sentences (document_id, position, paragraph, start_offset, end_offset, text, language)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    sentences.forEach(({ paragraph, start, end, text, language }, position) => {
      this.database.run(sql, documentId, position, paragraph, start, end, text, language);
    });
  }
}
