import { z } from "zod";
import { floatColumn, fromFloatBlob, toFloatBlob } from "../database/columns.ts";
import { Table } from "../database/database.ts";

/** The model under which a vector was made. Vectors of different makers must not be compared. */
export interface VectorMaker {
  readonly modelId: string;
  /** Id of the profile version whose prompt was present; `undefined` = the general model. */
  readonly profileVersion: string | undefined;
}

/** Which part of a document a vector stands for. */
export type VectorUnit =
  | { readonly kind: "document" }
  | { readonly kind: "passage"; readonly position: number }
  | { readonly kind: "sentence"; readonly position: number };

/** A vector with the part of the document that it stands for. */
export interface UnitVector {
  readonly unit: VectorUnit;
  readonly values: Float32Array;
}

/** A vector as it comes back, with its document. */
export interface StoredVector extends UnitVector {
  readonly documentId: number;
}

const vectorRow = z.object({
  documentId: z.number(),
  unit: z.enum(["document", "passage", "sentence"]),
  position: z.number(),
  content: floatColumn,
});

/** Vectors of documents and their parts. They can all be computed again, so a changed text simply drops them. */
export class Vectors extends Table {
  /** Writes vectors of one document, replacing those of the same maker for the same units. */
  save(documentId: number, maker: VectorMaker, vectors: readonly UnitVector[]): void {
    const sql = `INSERT INTO vectors (document_id, unit, position, model_id, profile_version, content)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (document_id, model_id, unit, position, coalesce(profile_version, ''))
      DO UPDATE SET content = excluded.content`;
    this.database.transaction(() => {
      for (const { unit, values } of vectors) {
        const position = unit.kind === "document" ? 0 : unit.position;
        const content = toFloatBlob(values);
        this.database.run(sql, documentId, unit.kind, position, maker.modelId, maker.profileVersion, content);
      }
      // It holds the former vectors.
      this.database.run("DELETE FROM prepared_documents WHERE document_id = ?", documentId);
    });
  }

  /** Drops a writer's vectors that another model made: they can be compared with none of this one. */
  dropOthers(writerId: number, modelId: string): void {
    const sql = `DELETE FROM vectors WHERE model_id <> ?
      AND document_id IN (SELECT id FROM documents WHERE writer_id = ?)`;
    this.database.run(sql, modelId, writerId);
  }

  /** All of a writer's vectors of one maker and one kind of unit, by document and position. */
  list(writerId: number, maker: VectorMaker, unit: VectorUnit["kind"]): readonly StoredVector[] {
    const sql = `SELECT document_id AS documentId, unit, position, content
      FROM vectors JOIN documents ON documents.id = document_id
      WHERE writer_id = ? AND model_id = ? AND profile_version IS ? AND unit = ?
      ORDER BY document_id, position`;
    return this.database
      .all(vectorRow, sql, writerId, maker.modelId, maker.profileVersion, unit)
      .map((row) => ({ documentId: row.documentId, ...asUnitVector(row) }));
  }

  /** As `list`, of one document. */
  of(documentId: number, maker: VectorMaker, unit: VectorUnit["kind"]): readonly UnitVector[] {
    const sql = `SELECT document_id AS documentId, unit, position, content FROM vectors
      WHERE document_id = ? AND model_id = ? AND profile_version IS ? AND unit = ? ORDER BY position`;
    return this.database
      .all(vectorRow, sql, documentId, maker.modelId, maker.profileVersion, unit)
      .map(asUnitVector);
  }
}

function asUnitVector({ unit: kind, position, content }: z.infer<typeof vectorRow>): UnitVector {
  return { unit: kind === "document" ? { kind } : { kind, position }, values: fromFloatBlob(content) };
}
