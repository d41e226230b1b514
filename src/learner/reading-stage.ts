import type { Passage } from "../learning/passages.ts";
import type { SoftPrompts } from "../prompts/soft-prompts.ts";
import type { UnitVector, VectorMaker } from "../store/vectors.ts";
import { unitMean } from "../tasks/tags/unit-mean.ts";
import { TextEncoder } from "../tasks/text-encoder.ts";
import { type LearningContext, tellProgress } from "./learning-context.ts";
import { countTokens } from "./masking-stage.ts";

/** A document to be read for its vectors. */
export interface DocumentToRead {
  readonly documentId: number;
  /** Title and lead first, then the passages. */
  readonly texts: readonly Passage[];
}

export interface ReadingStage {
  readonly maker: VectorMaker;
  readonly prompts: SoftPrompts | undefined;
  readonly documents: readonly DocumentToRead[];
}

/** Documents that are written together: so much is read again at most after a crash. */
const textsPerWrite = 256;

/**
 * Reads documents and keeps their vectors: position 0 is title and lead, position k + 1 is passage k, and
 * the document's own is their mean. Documents that have vectors of this maker are left alone.
 */
export async function readDocuments(context: LearningContext, stage: ReadingStage): Promise<void> {
  const missing = documentsWithoutVectors(context, stage);
  if (missing.length === 0) {
    return;
  }
  const { model, job, store, lease, meter } = context;
  const { threads, tokensPerRun } = job.options;
  const encoder = new TextEncoder(model, { threads, tokensPerRun });
  try {
    for (const group of groupByTexts(missing, textsPerWrite)) {
      const texts = group.flatMap((document) => document.texts);
      const readings = await encoder.read(texts, stage.prompts, context.breathe);
      const vectors = readings.map(({ vector }) => vector);
      store.inTransaction(() => {
        lease.confirm();
        let from = 0;
        for (const document of group) {
          const own = vectors.slice(from, from + document.texts.length);
          from += document.texts.length;
          store.vectors.save(document.documentId, stage.maker, unitVectors(own));
        }
      });
      meter.add(countTokens(texts));
      tellProgress(context, "reading");
    }
  } finally {
    await encoder.release();
  }
}

export function documentsWithoutVectors(
  { store, writer }: Pick<LearningContext, "store" | "writer">,
  { maker, documents }: ReadingStage,
): readonly DocumentToRead[] {
  const known = new Set(store.vectors.list(writer.id, maker, "document").map((vector) => vector.documentId));
  return documents.filter(({ documentId }) => !known.has(documentId));
}

function unitVectors(passages: readonly Float32Array[]): readonly UnitVector[] {
  return [
    { unit: { kind: "document" }, values: unitMean(passages) },
    ...passages.map((values, position) => ({ unit: { kind: "passage", position } as const, values })),
  ];
}

function groupByTexts(documents: readonly DocumentToRead[], limit: number): readonly DocumentToRead[][] {
  const groups: DocumentToRead[][] = [];
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
