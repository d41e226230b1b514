import { languagesFoundIn, type SpokenWords } from "../../corpus/languages-found.ts";
import { countWords } from "../../corpus/parse-document.ts";
import { cutDocument, titleAndLead } from "../../learning/cut-document.ts";
import type { Passage } from "../../learning/passages.ts";
import type { ProfileReport } from "../../profile/report.ts";
import type { StoredDocument } from "../../store/repositories/documents.ts";
import type { LearningContext } from "../learning-context.ts";
import { plannedLanguages } from "../learning-plan.ts";

/** A document of the store, cut for the model. */
export interface PreparedDocument {
  readonly document: StoredDocument;
  readonly sentences: readonly string[];
  /** Number of each sentence's paragraph in the document. */
  readonly paragraphs: readonly number[];
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
  {
    store,
    writer,
    model,
    breathe,
    plan,
  }: Pick<LearningContext, "store" | "writer" | "model" | "breathe" | "plan">,
  folders: readonly string[],
): Promise<LearningCorpus> {
  const cut = new Set(store.passages.list(writer.id, model.id).map(({ documentId }) => documentId));
  const documents: PreparedDocument[] = [];
  const spoken = new Map<string, SpokenIn>();
  for (const document of store.documents.list(writer.id)) {
    const stored = store.documents.sentences(document.id);
    const sentences = stored.map(({ text }) => text);
    const paragraphs = stored.map(({ paragraph }) => paragraph);
    countLanguages(document, stored, wordsReadIn(spoken, plannedLanguages(plan, document.path)));
    const { passages, records } = cutDocument(model, document.path, sentences);
    if (!cut.has(document.id)) {
      store.passages.replace(document.id, model.id, records);
    }
    const lead = titleAndLead(model, document.title, sentences);
    documents.push({ document, sentences, paragraphs, passages, lead });
    await breathe();
  }
  const vocabulary = store.vocabulary.list(writer.id);
  const languages = languagesFoundIn([...spoken.values()]);
  const found = { ...languages, counts: [...languages.counts] };
  return { documents, summary: { ...summarise(documents, vocabulary.length, folders), languages: found } };
}

interface SpokenIn extends SpokenWords {
  readonly words: Map<string, number>;
}

/** The words of documents that are read in the same languages. */
function wordsReadIn(spoken: Map<string, SpokenIn>, chosen: readonly string[]): Map<string, number> {
  const key = chosen.join();
  const part = spoken.get(key) ?? { words: new Map<string, number>(), chosen };
  spoken.set(key, part);
  return part.words;
}

/** Adds the words of a document to those of their languages; a sentence of which none was told has its document's. */
function countLanguages(
  document: StoredDocument,
  sentences: readonly { readonly text: string; readonly language?: string | undefined }[],
  spoken: Map<string, number>,
): void {
  const told = sentences.map(({ language }) => language ?? document.language);
  const isOne = told.every((language) => language === told[0]);
  for (const [at, language] of told.entries()) {
    if (language === undefined || (isOne && at > 0)) continue;
    const words = isOne ? document.words : countWords(sentences[at]!.text);
    spoken.set(language, (spoken.get(language) ?? 0) + words);
  }
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
