import { z } from "zod";
import { Table } from "../database/database.ts";

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
}

/** A document that the store has. The id stays the same when the file at the path changes. */
export interface StoredDocument extends DocumentRecord {
  readonly id: number;
}

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

/** Everything that was derived from a document's text. It goes when the text changes. */
const derivedTables = ["document_tags", "sentences", "passages", "labels", "vectors"] as const;

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
      if (former?.hash === document.hash) return { id, changed: false };
      for (const table of derivedTables) {
        this.database.run(`DELETE FROM ${table} WHERE document_id = ?`, id);
      }
      this.#insertTags(id, document.tags);
      this.#insertSentences(id, sentences);
      return { id, changed: true };
    });
  }

  /** Erases the document at a path with all that was derived from it. */
  remove(writerId: number, path: string): void {
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
      this.remove(writerId, to);
      this.database.run("UPDATE documents SET path = ? WHERE id = ?", to, former.id);
      // Date and title may come from the path.
      this.#upsert(writerId, present);
    });
  }

  /** The writer's documents, oldest first; those without a date come first, ties go by path. */
  list(writerId: number): readonly StoredDocument[] {
    return this.#select("writer_id = ? ORDER BY date_ms, path", writerId);
  }

  atPath(writerId: number, path: string): StoredDocument | undefined {
    return this.#select("writer_id = ? AND path = ?", writerId, path)[0];
  }

  /** Documents with exactly this content, wherever they lie. */
  withHash(writerId: number, hash: string): readonly StoredDocument[] {
    return this.#select("writer_id = ? AND hash = ? ORDER BY path", writerId, hash);
  }

  /** Sentences of a document in their order; the index is the position that labels and passages name. */
  sentences(documentId: number): readonly SentenceRecord[] {
    const sql = `SELECT paragraph, start_offset AS start, end_offset AS end, text, language
      FROM sentences WHERE document_id = ? ORDER BY position`;
    return this.database.all(sentenceRow, sql, documentId);
  }

  #select(condition: string, ...values: readonly (string | number)[]): readonly StoredDocument[] {
    const found = `SELECT ${documentColumns} FROM documents WHERE ${condition}`;
    const rows = this.database.all(documentRow, found, ...values);
    const tagsSql = `SELECT document_id AS documentId, tag FROM document_tags
      WHERE document_id IN (SELECT id FROM documents WHERE ${condition}) ORDER BY document_id, position`;
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

  #insertTags(documentId: number, tags: readonly string[]): void {
    const sql = "INSERT INTO document_tags (document_id, position, tag) VALUES (?, ?, ?)";
    tags.forEach((tag, position) => {
      this.database.run(sql, documentId, position, tag);
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
