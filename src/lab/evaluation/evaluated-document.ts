import { basename, resolve } from "node:path";
import { TooLittleTextError } from "../../cli/errors.ts";
import type { Surroundings } from "../../cli/surroundings.ts";
import type { Document } from "../../corpus/document.ts";
import { diskFileSource } from "../../corpus/files/file-source.ts";
import { LanguageTeller } from "../../corpus/language-teller.ts";
import { readCorpus } from "../../corpus/read-corpus.ts";
import { cutDocument, titleAndLead } from "../../learning/cut-document.ts";
import type { Passage } from "../../learning/passages.ts";
import { byDate, undatedMs } from "../../numbers/by-date.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";

/** A document of a folder that is evaluated, cut for the model. */
export interface EvaluatedDocument {
  readonly id: string;
  readonly timeMs: number;
  readonly document: Document;
  readonly sentences: readonly string[];
  readonly passages: readonly Passage[];
  readonly lead: Passage;
}

/** The documents of a folder, oldest first, ties by file name. Throws TooLittleTextError where there is no text. */
export async function readForEvaluation(
  model: PretrainedModel,
  folder: string,
  { warn }: Pick<Surroundings, "warn">,
): Promise<readonly EvaluatedDocument[]> {
  const languages = await LanguageTeller.open();
  const { documents, failures } = await readCorpus([resolve(folder)], { languages }, diskFileSource);
  for (const { name, message, advice } of failures) {
    if (name !== "NoProseError") {
      warn(`${message}. ${advice}`);
    }
  }
  if (documents.length === 0) {
    throw new TooLittleTextError(`There is no text in ${folder} to evaluate.`);
  }
  const undated = undatedMs(documents.map(({ dateMs }) => dateMs));
  return byDate(documents.map((document) => cut(model, document, undated)));
}

function cut(model: PretrainedModel, document: Document, undated: number): EvaluatedDocument {
  const sentences = document.sentences.map(({ plain }) => plain);
  return {
    id: `${basename(document.path)} ${document.path}`,
    timeMs: document.dateMs ?? undated,
    document,
    sentences,
    passages: cutDocument(model, document.path, sentences).passages,
    lead: titleAndLead(model, document.title, sentences),
  };
}
