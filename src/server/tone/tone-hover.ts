import type { CancellationToken, HoverParams } from "vscode-languageserver/node";
import { ModelWithoutToneError } from "../../profile/errors.ts";
import { hasTone } from "../../tone/reading/tone-reading.ts";
import type { ServerContext } from "../context.ts";
import { readForHover } from "../documents/read-around.ts";
import { rangeOf, sentenceAt } from "../documents/sentences.ts";
import type { SharedParts } from "../feature.ts";
import type { HoverNote } from "../hover-note.ts";
import { strengthIn } from "./kept-strength.ts";
import { languageOf, readingOf, readSentence } from "./selection-reading.ts";
import { notReadNote } from "./tone-markdown.ts";

/** The tone of the sentence at a place, if it has one or was taught; of any sentence where the setting says so. */
export async function toneHover(
  context: ServerContext,
  { toneReadings, toneReasons }: SharedParts,
  { textDocument: { uri }, position }: HoverParams,
  token: CancellationToken,
): Promise<HoverNote | undefined> {
  const { documents, settings, work } = context;
  const document = documents.get(uri);
  if (document === undefined) return undefined;
  const { hover: which } = settings(document.path, document.languageId).tone;
  if (which === "off") return undefined;
  try {
    const offset = document.offsetAt(position);
    const parsed = await readForHover(document, offset, work, token);
    const sentence = sentenceAt(document.source, parsed, offset);
    if (sentence === undefined) return undefined;
    return await toneReadings.read(uri, "hover", token, async (task) => {
      const language = languageOf(task, parsed, sentence);
      if (!task.isRead(language)) {
        return which === "all"
          ? { range: rangeOf(document, sentence), markdown: notReadNote([language]) }
          : undefined;
      }
      const strength = strengthIn(context, task);
      const reading = await readingOf(task, sentence, strength);
      const isTold = which === "all" || reading.taught || hasTone(reading.personal ?? reading.general);
      return isTold ? readSentence(task, sentence, strength, toneReasons) : undefined;
    });
  } catch (cause) {
    // Nobody who points at a word has asked for a lecture on models.
    if (cause instanceof ModelWithoutToneError) return undefined;
    throw cause;
  }
}
