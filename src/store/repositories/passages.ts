import { z } from "zod";
import { Table } from "../database/database.ts";

/** A run of whole sentences that fits the model's input. Its text is that of its sentences. */
export interface PassageRecord {
  /** Positions of sentences in the document, half-open. */
  readonly firstSentence: number;
  readonly endSentence: number;
  /** Length by the tokenizer of the model, special tokens not counted. */
  readonly tokens: number;
}

/** A passage as it comes back. */
export interface StoredPassage extends PassageRecord {
  readonly documentId: number;
  readonly position: number;
}

const passageRow = z.object({
  documentId: z.number(),
  position: z.number(),
  firstSentence: z.number(),
  endSentence: z.number(),
  tokens: z.number(),
});

/** How documents are cut into passages, by the model whose tokenizer counted. */
export class Passages extends Table {
  /** Replaces a document's passages for one model. */
  replace(documentId: number, modelId: string, passages: readonly PassageRecord[]): void {
    const sql = `INSERT INTO passages (document_id, model_id, position, first_sentence, end_sentence, tokens)
      VALUES (?, ?, ?, ?, ?, ?)`;
    this.database.transaction(() => {
      this.database.run("DELETE FROM passages WHERE document_id = ? AND model_id = ?", documentId, modelId);
      passages.forEach(({ firstSentence, endSentence, tokens }, position) => {
        this.database.run(sql, documentId, modelId, position, firstSentence, endSentence, tokens);
      });
    });
  }

  /** Drops a writer's passages that were cut for another model. */
  dropOthers(writerId: number, modelId: string): void {
    const sql = `DELETE FROM passages WHERE model_id <> ?
      AND document_id IN (SELECT id FROM documents WHERE writer_id = ?)`;
    this.database.run(sql, modelId, writerId);
  }

  /** All passages of a writer for one model, in the order of `Documents.list`. */
  list(writerId: number, modelId: string): readonly StoredPassage[] {
    const sql = `SELECT document_id AS documentId, position, first_sentence AS firstSentence,
        end_sentence AS endSentence, tokens
      FROM passages JOIN documents ON documents.id = document_id
      WHERE writer_id = ? AND model_id = ? ORDER BY date_ms, path, position`;
    return this.database.all(passageRow, sql, writerId, modelId);
  }
}
