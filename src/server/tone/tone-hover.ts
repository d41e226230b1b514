import { type Hover, MarkupKind } from "vscode-languageserver/node";
import { ModelWithoutToneError } from "../../profile/errors.ts";
import type { ServerContext } from "../context.ts";
import { sentenceAt } from "../documents/sentences.ts";
import { DocumentTooLongError, responseError } from "../errors.ts";
import { plainText } from "../markdown-text.ts";
import { readSentence } from "./selection-reading.ts";
import type { ToneReadings } from "./tone-readings.ts";
import type { ToneReasons } from "./tone-reasons.ts";

/** Answers hovers over sentences of prose with their tone. */
export function addToneHover(context: ServerContext, readings: ToneReadings, reasons: ToneReasons): void {
  const { connection, documents, settings, client } = context;
  connection.onHover(async ({ textDocument: { uri }, position }, token): Promise<Hover | null> => {
    const document = documents.get(uri);
    if (document === undefined || !settings(document.path).tone.hover) return null;
    try {
      const sentence = sentenceAt(document.source, document.parsed, document.offsetAt(position));
      if (sentence === undefined) return null;
      const { range, markdown } = await readings.read(uri, "hover", token, (task) =>
        readSentence(task, sentence, settings(document.path).tone.strength, reasons),
      );
      const contents = client().showsMarkdown
        ? { kind: MarkupKind.Markdown, value: markdown }
        : { kind: MarkupKind.PlainText, value: plainText(markdown) };
      return { range, contents };
    } catch (cause) {
      // Nobody who points at a word has asked for a lecture on documents or models.
      if (cause instanceof DocumentTooLongError || cause instanceof ModelWithoutToneError) return null;
      throw responseError(cause);
    }
  });
}
