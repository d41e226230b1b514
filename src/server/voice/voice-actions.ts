import type { CodeAction, CodeActionParams } from "vscode-languageserver/node";
import { serverCommands } from "../../protocol/commands.ts";
import type { VoiceReading } from "../../protocol/voice.ts";
import { describeVoice } from "../../words/describe-voice.ts";
import { plural } from "../../words/translate.ts";
import type { ServerContext } from "../context.ts";
import { t } from "../language.ts";
import { visibleText } from "../markdown-text.ts";

/** The question about a voice has a kind of its own, so that an editor can ask for it, or leave it out. */
export const voiceKind = "idiolect.voice";

/** Asks of a selection, or of the document, whether it sounds like the writer; offered where a voice is switched on. */
export function voiceActions(
  { documents, settings }: ServerContext,
  { textDocument: { uri }, range }: CodeActionParams,
): readonly CodeAction[] {
  const document = documents.get(uri);
  if (document === undefined || !settings(document.path).voice.enabled) return [];
  const isCursor = document.offsetAt(range.start) === document.offsetAt(range.end);
  const title = isCursor ? t("Does this document sound like me?") : t("Does this selection sound like me?");
  const asked = { uri, ...(isCursor ? {} : { range }) };
  return [
    { title, kind: voiceKind, command: { title, command: serverCommands.readVoice, arguments: [asked] } },
  ];
}

/** More lines than a message can show. */
const mostParagraphs = 12;
const longestTurn = 40;

/** A reading as a message, a line for each paragraph in order. */
export function voiceMessage(reading: VoiceReading): string {
  if (reading.kind === "closed") return t("Nothing is said of the voice: {0}.", reading.reason);
  if (reading.paragraphs.length === 0) return t("There is no text of yours here.");
  const lines = reading.paragraphs.map(({ range, lower, turns }) => {
    const unlike = turns.map((turn) => `‘${visibleText(turn.text, longestTurn)}’`).join(", ");
    const told = t("Line {0}: {1}.", range.start.line + 1, describeVoice(lower, t));
    return unlike === "" ? told : `${told} ${t("Least like you: {0}.", unlike)}`;
  });
  const more = lines.length - mostParagraphs;
  return [
    ...lines.slice(0, mostParagraphs),
    ...(more > 0 ? [plural(t, more, "{0} more is not shown.", "{0} more are not shown.")] : []),
  ].join("\n");
}
