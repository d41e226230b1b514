import { type CancellationToken, type Hover, type HoverParams, MarkupKind } from "vscode-languageserver/node";
import { ModelWithoutToneError } from "../../profile/errors.ts";
import type { ServerContext } from "../context.ts";
import { sentenceAt } from "../documents/sentences.ts";
import { answering, DocumentTooLongError } from "../errors.ts";
import type { ServerFeature, SharedParts } from "../feature.ts";
import { plainText } from "../markdown-text.ts";
import { isSentenceRead, readSentence } from "./selection-reading.ts";

/** Answers hovers over sentences of prose with their tone. */
export const toneHover: ServerFeature = {
  capabilities: () => ({ hoverProvider: true }),
  register(context, shared) {
    context.connection.onHover((parameters, token) =>
      answering(() => hoverAt(context, shared, parameters, token)),
    );
  },
};

async function hoverAt(
  { documents, settings, client }: ServerContext,
  { toneReadings, toneReasons }: SharedParts,
  { textDocument: { uri }, position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const document = documents.get(uri);
  if (document === undefined || !settings(document.path).tone.hover) return null;
  try {
    const sentence = sentenceAt(document.source, document.parsed, document.offsetAt(position));
    if (sentence === undefined) return null;
    const reading = await toneReadings.read(uri, "hover", token, async (task) =>
      isSentenceRead(task, sentence)
        ? readSentence(task, sentence, settings(document.path).tone.strength, toneReasons)
        : undefined,
    );
    if (reading === undefined) return null;
    const { range, markdown } = reading;
    const contents = client().showsMarkdown
      ? { kind: MarkupKind.Markdown, value: markdown }
      : { kind: MarkupKind.PlainText, value: plainText(markdown) };
    return { range, contents };
  } catch (cause) {
    // Nobody who points at a word has asked for a lecture on documents or models.
    if (cause instanceof DocumentTooLongError || cause instanceof ModelWithoutToneError) return null;
    throw cause;
  }
}
