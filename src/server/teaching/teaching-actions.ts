import type { CancellationToken, CodeAction, CodeActionParams } from "vscode-languageserver/node";
import { serverCommands } from "../../protocol/commands.ts";
import type { Teaching } from "../../protocol/lessons.ts";
import { toneNames } from "../../tone/reading/tone-reading.ts";
import { describeLabel } from "../../words/describe-label.ts";
import type { ServerContext } from "../context.ts";
import { readAround } from "../documents/read-around.ts";
import { rangeOf, sentenceAt } from "../documents/sentences.ts";
import { t } from "../language.ts";

/** Lessons have a kind of their own, so that an editor can ask for them, or leave them out. */
export const teachingKind = "idiolect.teach";

/** The five tones from the best down, each with its place between −1 and 1. */
const tones = toneNames.map((name, at) => ({ name, valence: (at - 2) / 2 })).toReversed();

/** How the sentence at the cursor may be meant; none where there is no sentence of prose. */
export async function teachingActions(
  { documents, work }: ServerContext,
  { textDocument: { uri }, range: asked }: CodeActionParams,
  token: CancellationToken,
): Promise<readonly CodeAction[]> {
  const document = documents.get(uri);
  if (document === undefined) return [];
  const offset = document.offsetAt(asked.start);
  const parsed = await work("command", token, (breathe) => readAround(document, offset, breathe));
  const sentence = sentenceAt(document.source, parsed, offset);
  if (sentence === undefined) return [];
  const range = rangeOf(document, sentence);
  return tones.map(({ name, valence }) => {
    const title = t("For me this sentence is {0}", describeLabel(name, t));
    const lesson: Teaching = { kind: "tone", uri, range, valence };
    return {
      title,
      kind: teachingKind,
      command: { title, command: serverCommands.teach, arguments: [lesson] },
    };
  });
}
