import { readdirSync } from "node:fs";
import { join } from "node:path";
import { diskFileSource } from "../../../corpus/files/file-source.ts";
import { readCorpus } from "../../../corpus/read-corpus.ts";
import { splitSentences } from "../../../corpus/sentences.ts";
import { cutDocument } from "../../../learning/cut-document.ts";
import type { Passage } from "../../../learning/passages.ts";
import { undatedMs } from "../../../numbers/by-date.ts";
import type { PretrainedModel } from "../../../plm/pretrained-model.ts";
import type { OpinionText } from "../../sentiment/opinion-texts.ts";
import { StudyDataError } from "../errors.ts";

/** A writer's documents, oldest first. */
export interface WritingWriter {
  readonly writer: string;
  readonly documents: readonly WritingDocument[];
}

export interface WritingDocument {
  readonly timeMs: number;
  readonly sentences: readonly string[];
  /** The sentences, packed into passages. */
  readonly passages: readonly Passage[];
}

/** Fewer documents cannot be parted into known and later ones. */
const fewestDocuments = 4;

/** Writers from a folder that has one folder of documents for each. Throws StudyDataError where there are none. */
export async function readWriting(
  model: PretrainedModel,
  folder: string,
  most: number,
): Promise<readonly WritingWriter[]> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
  const writers: WritingWriter[] = [];
  for (const name of names.slice(0, most)) {
    const { documents } = await readCorpus([join(folder, name)], {}, diskFileSource);
    const undated = undatedMs(documents.map(({ dateMs }) => dateMs));
    const texts = documents.map(({ dateMs = undated, sentences, path }) => ({
      timeMs: dateMs,
      name: path,
      sentences: sentences.map(({ plain }) => plain),
    }));
    writers.push(cutWriter(model, name, texts));
  }
  return enough(
    writers.filter(({ documents }) => documents.length >= fewestDocuments),
    `${folder} has no folders with documents of at least two writers`,
  );
}

/** Writers from labelled texts, whose labels are not looked at. Throws StudyDataError where there are too few. */
export function writingOf(
  model: PretrainedModel,
  texts: readonly OpinionText[],
  most: number,
): readonly WritingWriter[] {
  const byWriter = [...Map.groupBy(texts, ({ writer }) => writer)]
    .filter(([, own]) => own.length >= fewestDocuments)
    .toSorted(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1));
  const writers = byWriter.slice(0, most).map(([writer, own]) =>
    cutWriter(
      model,
      writer,
      own.map(({ text, time }, at) => ({
        timeMs: 1000 * time,
        name: String(at),
        sentences: splitSentences(text, "en").map(({ start, end }) => text.slice(start, end)),
      })),
    ),
  );
  return enough(writers, `the file has no two writers with ${fewestDocuments} texts`);
}

function cutWriter(
  model: PretrainedModel,
  writer: string,
  texts: readonly { readonly timeMs: number; readonly name: string; readonly sentences: readonly string[] }[],
): WritingWriter {
  const documents = texts
    .toSorted((a, b) => a.timeMs - b.timeMs || (a.name < b.name ? -1 : 1))
    .map(({ timeMs, name, sentences }) => ({
      timeMs,
      sentences,
      passages: cutDocument(model, name, sentences).passages,
    }))
    .filter(({ passages }) => passages.length > 0);
  return { writer, documents };
}

function enough(writers: readonly WritingWriter[], problem: string): readonly WritingWriter[] {
  if (writers.length < 2) {
    throw new StudyDataError(problem, `Give at least two writers with ${fewestDocuments} documents each.`);
  }
  return writers;
}
