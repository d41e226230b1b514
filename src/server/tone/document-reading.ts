import type { DocumentReading } from "../../protocol/readings.ts";
import type { ServerContext } from "../context.ts";
import { documentKey } from "../documents/document-key.ts";
import { answerRequest } from "../requests.ts";
import { readSelection } from "./selection-reading.ts";
import type { ToneReadings, ToneTask } from "./tone-readings.ts";
import type { ToneReasons } from "./tone-reasons.ts";

/** Answers `readDocument` and `readSelection`. */
export function addDocumentReading(
  context: ServerContext,
  readings: ToneReadings,
  reasons: ToneReasons,
): void {
  answerRequest(context, "readDocument", ({ uri }, token) =>
    readings.read(uri, "command", token, async (task) => {
      const reading = await readDocument(task, context.settings(task.document.path).tone.strength);
      reasons.prepare(task, reading);
      return reading;
    }),
  );
  answerRequest(context, "readSelection", ({ uri, range }, token) =>
    readings.read(uri, "command", token, (task) =>
      readSelection(task, range, context.settings(task.document.path).tone.strength, reasons),
    ),
  );
}

async function readDocument(
  { document, tone, writer, breathe }: ToneTask,
  strength: number,
): Promise<DocumentReading> {
  const { sentences } = document.parsed;
  const texts = await tone.encode(
    sentences.map(({ plain }) => plain),
    breathe,
  );
  const reading = tone.readDocument(documentKey(document), texts, { strength });
  return {
    version: document.version,
    document: reading.document,
    sentences: sentences.map(({ plain, start, end }, at) => ({
      ...reading.sentences[at]!,
      range: { start: document.positionAt(start), end: document.positionAt(end) },
      plain,
      taught: tone.isTaught(texts[at]!),
    })),
    gate: reading.gate,
    ...(tone.baseline === undefined ? {} : { band: tone.baseline.band }),
    ...(writer === undefined ? {} : { writer: writer.name }),
  };
}
