import type { Sentence } from "../../corpus/document.ts";
import type { DocumentReading, Position, SentenceReading } from "../../protocol/readings.ts";
import type { DocumentSentence } from "../../tone/reading/document-latent.ts";
import { ReadingProgress } from "../documents/reading-progress.ts";
import { plainSentences, rangeOf } from "../documents/sentences.ts";
import { documentKey } from "../documents/synced-documents.ts";
import type { ServerFeature } from "../feature.ts";
import { notifyEditor } from "../notify-editor.ts";
import { answerRequest } from "../requests.ts";
import { spokenGate } from "../spoken-gates.ts";
import { strengthIn } from "./kept-strength.ts";
import type { ToneTask } from "./tone-readings.ts";

/** Sentences that are read before anything is told of a longer document, and at a time. */
const sentencesOfRun = 256;
/** Who reads a document of more runs is shown how far that is. */
const mostRunsUnshown = 4;

/** Answers `readDocument`, and tells of a long document what was read so far: each time twice as much. */
export const documentReading: ServerFeature = {
  register(context, { toneReadings, toneReasons }) {
    answerRequest(context, "readDocument", ({ uri, from }, token) =>
      toneReadings.read(uri, "command", token, async (task) => {
        const progress = new ReadingProgress(context, task.document);
        try {
          const strength = strengthIn(context, task);
          const tell = (reading: DocumentReading) =>
            notifyEditor(context, "documentPartlyRead", { uri, reading });
          const reading = await readDocument(task, strength, from, progress, tell);
          toneReasons.prepare(task, reading);
          return reading;
        } finally {
          progress.end();
        }
      }),
    );
  },
};

/** A document's sentences that are read, from the place on that is looked at, outwards. */
async function readDocument(
  { document, tone, writer, breathe, languages, isRead }: ToneTask,
  strength: number,
  from: Position | undefined,
  progress: ReadingProgress,
  tell: (reading: DocumentReading) => void,
): Promise<DocumentReading> {
  const told = await languages.tellInSlices(document.parsed.fields, plainSentences(document), breathe);
  const all = document.parsed.sentences.map((sentence, at) => ({ sentence, language: told.sentences[at]! }));
  const sentences = all.flatMap(({ sentence, language }) => (isRead(language) ? [sentence] : []));
  const notRead = all.filter(({ language }) => !isRead(language));
  const key = documentKey(document);
  let texts: readonly DocumentSentence[] = [];
  let readings: readonly SentenceReading[] = [];
  const soFar = (): DocumentReading => ({
    version: document.version,
    document: texts.length === 0 && notRead.length > 0 ? null : tone.readTogether(key, texts, { strength }),
    sentences: readings,
    notRead: notRead.map(({ sentence, language }) => ({
      range: rangeOf(document, sentence),
      plain: sentence.plain,
      language,
    })),
    gate: spokenGate(tone.gate),
    ...(tone.baseline === undefined ? {} : { band: tone.baseline.band }),
    ...(writer === undefined ? {} : { writer: writer.name }),
  });
  let tellAt = sentencesOfRun;
  for (const run of runsOutwards(sentences.length, firstAt(sentences, from && document.offsetAt(from)))) {
    const own = sentences.slice(run.start, run.end);
    const read = await tone.encode(
      own.map(({ plain }) => plain),
      breathe,
    );
    const ownReadings = own.map((sentence, at) => ({
      ...tone.readSentence(read[at]!, { strength }),
      range: rangeOf(document, sentence),
      plain: sentence.plain,
    }));
    texts = run.isAhead ? [...texts, ...read] : [...read, ...texts];
    readings = run.isAhead ? [...readings, ...ownReadings] : [...ownReadings, ...readings];
    if (texts.length === sentences.length) break;
    if (sentences.length > mostRunsUnshown * sentencesOfRun) progress.tell(texts.length / sentences.length);
    if (texts.length < tellAt) continue;
    tellAt = 2 * texts.length;
    tell(soFar());
  }
  return soFar();
}

/** The first sentence that ends behind an offset. */
function firstAt(sentences: readonly Sentence[], offset = 0): number {
  const found = sentences.findIndex(({ end }) => end > offset);
  return found < 0 ? Math.max(0, sentences.length - sentencesOfRun) : found;
}

interface Run {
  readonly start: number;
  readonly end: number;
  /** It follows what was read so far; else it goes before. */
  readonly isAhead: boolean;
}

/** Runs of `count` sentences, ahead of one and before it in turn. */
export function* runsOutwards(count: number, first: number, size = sentencesOfRun): Generator<Run> {
  let [start, end] = [first, first];
  while (start > 0 || end < count) {
    const [low, high] = [Math.max(0, start - size), Math.min(count, end + size)];
    if (high > end) yield { start: end, end: high, isAhead: true };
    if (low < start) yield { start: low, end: start, isAhead: false };
    [start, end] = [low, high];
  }
}
