import type { CodeAction, CodeActionParams } from "vscode-languageserver/node";
import { serverCommands } from "../../protocol/commands.ts";
import type { Teaching } from "../../protocol/lessons.ts";
import type { Range } from "../../protocol/readings.ts";
import { toneNames } from "../../tone/reading/tone-reading.ts";
import { describeLabel } from "../../words/describe-label.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { rangeOf, sentenceAt } from "../documents/sentences.ts";
import { unlessTooLong } from "../errors.ts";

/** Lessons have a kind of their own, so that an editor can ask for them, or leave them out. */
export const teachingKind = "idiolect.teach";

/** The five tones from the best down, each with its place between −1 and 1. */
const tones = toneNames.map((name, at) => ({ name, valence: (at - 2) / 2 })).toReversed();

/** How the sentence at the cursor may be meant; none where there is no sentence of prose. */
export function teachingActions(
  { documents }: ServerContext,
  { textDocument: { uri }, range: asked }: CodeActionParams,
): readonly CodeAction[] {
  const document = documents.get(uri);
  const range = document && sentenceRange(document, document.offsetAt(asked.start));
  if (range === undefined) return [];
  return tones.map(({ name, valence }) => {
    const title = `For me this sentence is ${describeLabel(name)}`;
    const lesson: Teaching = { kind: "tone", uri, range, valence };
    return {
      title,
      kind: teachingKind,
      command: { title, command: serverCommands.teach, arguments: [lesson] },
    };
  });
}

function sentenceRange(document: OpenDocument, offset: number): Range | undefined {
  const sentence = unlessTooLong(() => sentenceAt(document.source, document.parsed, offset));
  return sentence && rangeOf(document, sentence);
}
