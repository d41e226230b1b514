import type { DocumentReading } from "../../protocol/readings.ts";
import { plainSentences, rangeOf } from "../documents/sentences.ts";
import { documentKey } from "../documents/synced-documents.ts";
import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";
import type { ToneTask } from "./tone-readings.ts";

/** Answers `readDocument`. */
export const documentReading: ServerFeature = {
  register(context, { toneReadings, toneReasons }) {
    answerRequest(context, "readDocument", ({ uri }, token) =>
      toneReadings.read(uri, "command", token, async (task) => {
        const reading = await readDocument(task, context.settings(task.document.path).tone.strength);
        toneReasons.prepare(task, reading);
        return reading;
      }),
    );
  },
};

async function readDocument(
  { document, tone, writer, breathe, languages, isRead }: ToneTask,
  strength: number,
): Promise<DocumentReading> {
  const told = await languages.tellInSlices(document.parsed.fields, plainSentences(document), breathe);
  const all = document.parsed.sentences.map((sentence, at) => ({ sentence, language: told.sentences[at]! }));
  const sentences = all.flatMap(({ sentence, language }) => (isRead(language) ? [sentence] : []));
  const others = all.filter(({ language }) => !isRead(language));
  const texts = await tone.encode(
    sentences.map(({ plain }) => plain),
    breathe,
  );
  const reading = tone.readDocument(documentKey(document), texts, { strength });
  return {
    version: document.version,
    document: sentences.length === 0 && others.length > 0 ? null : reading.document,
    sentences: sentences.map((sentence, at) => ({
      ...reading.sentences[at]!,
      range: rangeOf(document, sentence),
      plain: sentence.plain,
    })),
    notRead: others.map(({ sentence, language }) => ({
      range: rangeOf(document, sentence),
      plain: sentence.plain,
      language,
    })),
    gate: reading.gate,
    ...(tone.baseline === undefined ? {} : { band: tone.baseline.band }),
    ...(writer === undefined ? {} : { writer: writer.name }),
  };
}
