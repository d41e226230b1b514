import * as vscode from "vscode";
import { requests } from "../../protocol/requests.ts";
import type { WordSuggestions } from "../../protocol/word-suggestions.ts";
import { requireProse } from "../client/prose.ts";
import { toEditorRange, toServerRange } from "../client/ranges.ts";
import { contextKeys } from "../command-names.ts";
import type { EditorContext } from "../editor-context.ts";
import { DocumentChangedError } from "../errors.ts";
import { safeText } from "../messages/safe-text.ts";
import { t } from "../messages/t.ts";
import { tell } from "../messages/tell.ts";
import { type WordItem, wordLists } from "./word-items.ts";

type Suggested = WordSuggestions & { readonly kind: "suggested" };
type Item = vscode.QuickPickItem & Partial<Pick<WordItem, "word">>;

const mostWords = 8;

/** Lists words that the writer would use in place of the selection, or at the cursor; the one that is chosen is written. */
export async function useWord({ server }: EditorContext): Promise<void> {
  const { document, selection } = requireProse();
  const suggestions = await server.send(requests.suggestWords, {
    uri: document.uri.toString(),
    range: toServerRange(selection),
    limit: mostWords,
  });
  if (suggestions.kind === "none") {
    await tell(vscode.l10n.t("No words are suggested: {0}.", suggestions.reason), "");
    return;
  }
  const word = await chooseWord(suggestions);
  if (word !== undefined) await replace(document, suggestions, word);
}

/** Undefined where the list is left. Tab takes a word as Enter does, while the key is set. */
async function chooseWord(suggested: Suggested): Promise<string | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  const { own, general, closed } = wordLists(suggested, t);
  const replaced = safeText(suggested.text, 40);
  list.title =
    replaced === ""
      ? vscode.l10n.t("Words I would use here")
      : vscode.l10n.t("Words I would use for “{0}”", replaced);
  list.placeholder =
    closed === undefined
      ? vscode.l10n.t("Enter or Tab writes the word")
      : vscode.l10n.t("Words in general. Yours not yet: {0}", closed);
  list.matchOnDescription = false;
  const separator = { label: vscode.l10n.t("In general"), kind: vscode.QuickPickItemKind.Separator };
  list.items = [...own, ...(general.length === 0 ? [] : [separator]), ...general];
  const chosen = new Promise<string | undefined>((resolve) => {
    list.onDidAccept(() => resolve(list.selectedItems[0]?.word ?? list.activeItems[0]?.word));
    list.onDidHide(() => resolve(undefined));
  });
  try {
    await vscode.commands.executeCommand("setContext", contextKeys.choosingWord, true);
    list.show();
    return await chosen;
  } finally {
    list.dispose();
    await vscode.commands.executeCommand("setContext", contextKeys.choosingWord, false);
  }
}

/** One step that can be undone. Between the look at the version and the edit nothing else runs. */
async function replace(
  document: vscode.TextDocument,
  { range, version }: Suggested,
  word: string,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, toEditorRange(range), word);
  if (version !== document.version || !(await vscode.workspace.applyEdit(edit))) {
    throw new DocumentChangedError(
      vscode.l10n.t("The document has changed in the meantime, so no word was written."),
      vscode.l10n.t("Ask for words again."),
    );
  }
}
