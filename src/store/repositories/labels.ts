import { z } from "zod";
import { Table } from "../database/database.ts";

/** A sign of tone that the corpus itself gives, for instance a rating in the front matter or an emoticon. */
export interface LabelRecord {
  /** Position of the sentence; `undefined` = the whole document. */
  readonly sentence: number | undefined;
  /** Where it comes from: `rating`, `mood`, `emoticon` and the like. */
  readonly source: string;
  /** From −1, very negative, to 1, very positive. */
  readonly valence: number;
  /** How much it counts beside a correction of the writer, which counts 1. */
  readonly weight: number;
}

/** A label as it comes back. */
export interface StoredLabel extends LabelRecord {
  readonly documentId: number;
}

const labelRow = z.object({
  documentId: z.number(),
  sentence: z.number().optional(),
  source: z.string(),
  valence: z.number(),
  weight: z.number(),
});

/** Labels found in the documents. They are read again with the document; what the writer taught is in `Corrections`. */
export class Labels extends Table {
  /** Replaces the labels of a document. */
  replace(documentId: number, labels: readonly LabelRecord[]): void {
    const sql = "INSERT INTO labels (document_id, sentence, source, valence, weight) VALUES (?, ?, ?, ?, ?)";
    this.database.transaction(() => {
      this.database.run("DELETE FROM labels WHERE document_id = ?", documentId);
      for (const { sentence, source, valence, weight } of labels) {
        this.database.run(sql, documentId, sentence, source, valence, weight);
      }
    });
  }

  /** All labels of a writer by document and in the order in which they were given. */
  list(writerId: number): readonly StoredLabel[] {
    const sql = `SELECT document_id AS documentId, sentence, source, valence, weight
      FROM labels JOIN documents ON documents.id = document_id
      WHERE writer_id = ? ORDER BY document_id, labels.id`;
    return this.database.all(labelRow, sql, writerId).map((row) => ({ ...row, sentence: row.sentence }));
  }
}
