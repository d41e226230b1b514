import { cutDocument, titleAndLead } from "../../learning/cut-document.ts";
import type { Passage } from "../../learning/passages.ts";
import type { ProfileReport } from "../../profile/report.ts";
import type { StoredDocument } from "../../store/repositories/documents.ts";
import type { LearningContext } from "../learning-context.ts";

/** A document of the store, cut for the model. */
export interface PreparedDocument {
  readonly document: StoredDocument;
  readonly sentences: readonly string[];
  readonly passages: readonly Passage[];
  /** Title and first sentences in one passage. */
  readonly lead: Passage;
}

/** The writer's documents, oldest first. */
export interface LearningCorpus {
  readonly documents: readonly PreparedDocument[];
  readonly summary: ProfileReport["corpus"];
}

/** Reads the writer's documents from the store and cuts them; new cuts are kept. */
export async function prepareCorpus(
  { store, writer, model, breathe }: Pick<LearningContext, "store" | "writer" | "model" | "breathe">,
  folders: readonly string[],
): Promise<LearningCorpus> {
  const cut = new Set(store.passages.list(writer.id, model.id).map(({ documentId }) => documentId));
  const documents: PreparedDocument[] = [];
  for (const document of store.documents.list(writer.id)) {
    const sentences = store.documents.sentences(document.id).map(({ text }) => text);
    const { passages, records } = cutDocument(model, document.path, sentences);
    if (!cut.has(document.id)) {
      store.passages.replace(document.id, model.id, records);
    }
    const lead = titleAndLead(model, document.title, sentences);
    documents.push({ document, sentences, passages, lead });
    await breathe();
  }
  const vocabulary = store.vocabulary.list(writer.id);
  return { documents, summary: summarise(documents, vocabulary.length, folders) };
}

function summarise(
  documents: readonly PreparedDocument[],
  tags: number,
  folders: readonly string[],
): ProfileReport["corpus"] {
  const dates = documents.flatMap(({ document }) => document.dateMs ?? []);
  const period = dates.length === 0 ? {} : { firstMs: dates[0]!, lastMs: dates.at(-1)! };
  return {
    folders: [...folders],
    documents: documents.length,
    passages: documents.reduce((sum, { passages }) => sum + passages.length, 0),
    words: documents.reduce((sum, { document }) => sum + document.words, 0),
    tags,
    taggedDocuments: documents.filter(({ document }) => document.tags.length > 0).length,
    ...period,
  };
}
