import { isLanguageRead } from "../../corpus/language-read.ts";
import { countWords } from "../../corpus/parse-document.ts";
import { cutDocument } from "../../learning/cut-document.ts";
import { sum } from "../../numbers/mean.ts";
import type { LearningContext } from "../learning-context.ts";
import { plannedLanguages } from "../learning-plan.ts";
import type { LearningCorpus, PreparedDocument } from "./learning-corpus.ts";

/** What of a corpus is in languages that the model reads: what prompts and tone are learned from. Tags use all of it. */
export interface ReadableCorpus extends LearningCorpus {
  /** Words of the readable sentences. */
  readonly words: number;
  /** Language of each sentence that is left out, ISO 639. */
  readonly leftOutLanguages: readonly string[];
}

/**
 * A corpus without the sentences in languages that are not read; documents that have no others are left out, and all
 * where next to nothing is in one that is. A sentence that was read before languages were told has its document's.
 */
export async function readableCorpus(
  { store, model, breathe, plan }: Pick<LearningContext, "store" | "model" | "breathe" | "plan">,
  corpus: LearningCorpus,
): Promise<ReadableCorpus> {
  const documents: PreparedDocument[] = [];
  const words: number[] = [];
  const leftOutLanguages: string[] = [];
  for (const prepared of corpus.documents) {
    const { document } = prepared;
    const languages = store.documents
      .sentences(document.id)
      .map(({ language }) => language ?? document.language);
    const chosen = plannedLanguages(plan, document.path);
    const isRead = (_: unknown, at: number): boolean => isLanguageRead(languages[at], chosen);
    const sentences = prepared.sentences.filter(isRead);
    leftOutLanguages.push(...languages.flatMap((code, at) => (isRead(code, at) || !code ? [] : [code])));
    if (sentences.length === prepared.sentences.length) {
      documents.push(prepared);
      words.push(document.words);
    } else if (sentences.length > 0) {
      documents.push({
        ...prepared,
        sentences,
        paragraphs: prepared.paragraphs.filter(isRead),
        passages: cutDocument(model, document.path, sentences).passages,
      });
      words.push(sum(sentences.map(countWords)));
    }
    await breathe();
  }
  const isWorthIt = corpus.summary.languages?.hasTagsAlone !== true;
  return {
    documents: isWorthIt ? documents : [],
    summary: corpus.summary,
    words: sum(words),
    leftOutLanguages,
  };
}
