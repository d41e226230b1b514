import type { CancellationToken, CodeAction, CodeActionParams } from "vscode-languageserver/node";
import type { WordSuggestions } from "../../protocol/word-suggestions.ts";
import { formatPercent } from "../../words/format.ts";
import type { ServerContext } from "../context.ts";
import { t } from "../language.ts";
import { visibleText } from "../markdown-text.ts";
import type { WordReadings } from "./word-readings.ts";

/** Words have a kind of their own, so that an editor can ask for them at a cursor, too. */
export const wordKind = "idiolect.words";

const mostOffered = 5;
/** More is no word, and is not read for it. */
const longestSelected = 60;
const longestShown = 40;

/**
 * Words that the writer would use in place of what is selected, each as an edit. At a cursor they are offered only where
 * they are asked for by their kind: a menu at every word would hide the rest.
 */
export async function wordActions(
  context: ServerContext,
  readings: WordReadings,
  { textDocument: { uri }, range, context: { only } }: CodeActionParams,
  token: CancellationToken,
): Promise<readonly CodeAction[]> {
  const document = context.documents.get(uri);
  if (document === undefined) return [];
  const characters = document.offsetAt(range.end) - document.offsetAt(range.start);
  const isAskedFor = only?.some((one) => `${one}.`.startsWith(`${wordKind}.`)) === true;
  if (!isAskedFor && (characters < 2 || characters > longestSelected)) return [];
  const suggested = await readings.suggest({ uri, range, limit: mostOffered }, token);
  return suggested.kind === "none" ? [] : actionsFor(context, uri, suggested);
}

/** Only the writer's own: what fits in general is no word of theirs. */
function actionsFor(
  { client }: ServerContext,
  uri: string,
  { own = [], range, version }: WordSuggestions & { readonly kind: "suggested" },
): readonly CodeAction[] {
  return own.map(({ word, share, generalShare }) => {
    const shown = visibleText(word, longestShown);
    const edits = [{ range, newText: word }];
    return {
      title: t(
        "Use ‘{0}’, as you would ({1}, in general {2})",
        shown,
        formatPercent(share, 0, t),
        formatPercent(generalShare, 0, t),
      ),
      kind: wordKind,
      edit: client().knowsVersions
        ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
        : { changes: { [uri]: edits } },
    };
  });
}
