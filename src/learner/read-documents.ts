import type { Passage } from "../learning/passages.ts";
import { unitMean } from "../numbers/vectors.ts";
import type { SoftPrompts } from "../prompts/soft-prompts.ts";
import type { UnitVector, VectorMaker } from "../store/repositories/vectors.ts";
import { type LearningContext, tellProgress } from "./learning-context.ts";
import { PacedEncoder } from "./paced-encoder.ts";
import { countTokens } from "./prompts/learn-masking.ts";

/** A document to be read for its vectors. */
export interface DocumentToRead {
  readonly documentId: number;
  /** Title and lead first, then the passages. */
  readonly texts: readonly Passage[];
}

export interface ReadingStage {
  /** Of leads alone no vector of the whole document is made. */
  readonly extent: "leads" | "documents";
  readonly maker: VectorMaker;
  readonly prompts: SoftPrompts | undefined;
  readonly documents: readonly DocumentToRead[];
}

/** A document of which something is still to be read. */
interface UnreadDocument extends DocumentToRead {
  /** Vectors of the first texts, which were read before; the others are in `texts`. */
  readonly known: readonly Float32Array[];
}

/** Documents that are written together: so much is read again at most after a crash. */
const textsPerWrite = 256;

/**
 * Reads documents and keeps their vectors: position 0 is title and lead, position k + 1 is passage k, and
 * the document's own is their mean. What has vectors of this maker is left alone.
 */
export async function readDocuments(context: LearningContext, stage: ReadingStage): Promise<void> {
  const unread = unreadDocuments(context, stage);
  if (unread.length === 0) {
    return;
  }
  const { store, lease, meter } = context;
  const encoder = new PacedEncoder(context);
  try {
    for (const group of groupByTexts(unread, textsPerWrite)) {
      const texts = group.flatMap((document) => document.texts);
      const readings = await encoder.read(texts, stage.prompts, context.breathe);
      const vectors = readings.map(({ vector }) => vector);
      store.inTransaction(() => {
        lease.confirm();
        let from = 0;
        for (const { documentId, known, texts: own } of group) {
          const all = [...known, ...vectors.slice(from, from + own.length)];
          from += own.length;
          store.vectors.save(documentId, stage.maker, unitVectors(all, stage.extent));
        }
      });
      meter.add(countTokens(texts));
      tellProgress(context, stage.extent === "leads" ? "early" : "reading");
    }
  } finally {
    await encoder.release();
  }
}

/** What is not read yet of the documents of a stage. */
export function unreadDocuments(
  { store, writer }: Pick<LearningContext, "store" | "writer">,
  { maker, documents, extent }: ReadingStage,
): readonly UnreadDocument[] {
  const wholes = new Set(store.vectors.list(writer.id, maker, "document").map((vector) => vector.documentId));
  const parts = Map.groupBy(store.vectors.list(writer.id, maker, "passage"), (vector) => vector.documentId);
  return documents.flatMap(({ documentId, texts }) => {
    const known = (parts.get(documentId) ?? []).map(({ values }) => values);
    const isRead = extent === "leads" ? known.length > 0 : wholes.has(documentId);
    return isRead ? [] : [{ documentId, known, texts: texts.slice(known.length) }];
  });
}

function unitVectors(
  passages: readonly Float32Array[],
  extent: ReadingStage["extent"],
): readonly UnitVector[] {
  const parts = passages.map((values, position) => ({
    unit: { kind: "passage", position } as const,
    values,
  }));
  return extent === "leads" ? parts : [{ unit: { kind: "document" }, values: unitMean(passages) }, ...parts];
}

function groupByTexts(documents: readonly UnreadDocument[], limit: number): readonly UnreadDocument[][] {
  const groups: UnreadDocument[][] = [];
  let room = 0;
  for (const document of documents) {
    if (room < document.texts.length) {
      groups.push([]);
      room = limit;
    }
    groups.at(-1)!.push(document);
    room -= document.texts.length;
  }
  return groups;
}
