import type { Sentence } from "../../corpus/document.ts";
import { NEIGHBOURS } from "../../corpus/language-teller.ts";
import { type ParsedSource, parseSource } from "../../corpus/parse-document.ts";
import type { Range, ReadingPair, SelectionReading } from "../../protocol/readings.ts";
import type { OpenDocument } from "../context.ts";
import { rangeOf, type SelectedText, sentencesIn } from "../documents/sentences.ts";
import { documentKey } from "../documents/synced-documents.ts";
import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";
import { strengthIn } from "./kept-strength.ts";
import { notReadNote, toneMarkdown } from "./tone-markdown.ts";
import type { ToneTask } from "./tone-readings.ts";
import type { ToneReasons } from "./tone-reasons.ts";

/** Answers `readSelection`. */
export const selectionReading: ServerFeature = {
  register(context, { toneReadings, toneReasons }) {
    answerRequest(context, "readSelection", ({ uri, range }, token) =>
      toneReadings.read(uri, "command", token, (task) =>
        readSelection(task, range, strengthIn(context, task), toneReasons),
      ),
    );
  },
};

/** A piece of the document that is read as a text, with its place in the source. */
interface ReadPiece {
  readonly plain: string;
  readonly start: number;
  readonly end: number;
}

/** The tone of a stretch of an open document; null where there is no prose in it. */
async function readSelection(
  task: ToneTask,
  range: Range,
  strength: number,
  reasons: ToneReasons,
): Promise<SelectionReading | null> {
  const { document } = task;
  const all = sentencesIn(document.parsed, document.offsetAt(range.start), document.offsetAt(range.end));
  const told = all.map(({ sentence }) => languageOf(task, document.parsed, sentence));
  const selected = all.filter((_, at) => task.isRead(told[at]!));
  if (selected.length === 0 && all.length > 0) return { range, markdown: notReadNote(told), reading: null };
  const [only, other] = selected;
  if (only !== undefined && other === undefined && only.part === undefined) {
    return readSentence(task, only.sentence, strength, reasons);
  }
  const pieces = selected.flatMap((each) => pieceOf(document, each) ?? []);
  return pieces.length === 0 ? null : readPieces(task, pieces, strength);
}

/** Of a sentence of `parsed`. */
export function languageOf(
  { languages }: ToneTask,
  { fields, sentences }: ParsedSource,
  sentence: Sentence,
): string {
  const at = sentences.indexOf(sentence);
  const first = Math.max(0, at - NEIGHBOURS);
  const around = sentences.slice(first, at + NEIGHBOURS + 1).map(({ plain }) => plain);
  return languages.tellOne(fields, around, at - first);
}

/** One whole sentence, as its hover has it. */
export async function readSentence(
  task: ToneTask,
  sentence: Sentence,
  strength: number,
  reasons: ToneReasons,
): Promise<SelectionReading> {
  const reading = await readingOf(task, sentence, strength);
  const { document, tone, client } = task;
  const range = rangeOf(document, sentence);
  const markdown = toneMarkdown({
    reading,
    strength,
    baseline: tone.baseline,
    reason: await reasons.of(task, sentence.plain),
    // A link that runs a command is a line of letters in an editor that does not know the command.
    ...(client.runsCommands ? { teach: { uri: document.uri, range } } : {}),
  });
  return { range, markdown, reading };
}

export async function readingOf(
  { tone, breathe }: ToneTask,
  { plain }: Sentence,
  strength: number,
): Promise<ReadingPair> {
  const [text] = await tone.encode([plain], breathe);
  return tone.readSentence(text!, { strength });
}

async function readPieces(
  { document, tone, breathe }: ToneTask,
  pieces: readonly ReadPiece[],
  strength: number,
): Promise<SelectionReading> {
  const texts = await tone.encode(
    pieces.map(({ plain }) => plain),
    breathe,
  );
  const reading =
    texts.length === 1
      ? tone.readSentence(texts[0]!, { strength })
      : tone.readTogether(documentKey(document), texts, { strength });
  const range = rangeOf(document, { start: pieces[0]!.start, end: pieces.at(-1)!.end });
  const markdown = toneMarkdown({ reading, strength, baseline: tone.baseline });
  return { range, markdown, reading };
}

/** The words of a part of a sentence are found by reading the part on its own; undefined where it has none. */
function pieceOf(
  { source, path, format }: OpenDocument,
  { sentence, part }: SelectedText,
): ReadPiece | undefined {
  if (part === undefined) return sentence;
  const { sentences } = parseSource(source.slice(part.start, part.end), path, "en", format);
  const plain = sentences.map((each) => each.plain).join(" ");
  return plain === "" ? undefined : { plain, ...part };
}
