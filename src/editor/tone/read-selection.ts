import * as vscode from "vscode";
import { requests } from "../../protocol/requests.ts";
import { toServerRange } from "../client/ranges.ts";
import type { EditorContext } from "../editor-context.ts";
import { NothingOpenError } from "../errors.ts";
import { trustedMarkdown } from "../messages/trusted-markdown.ts";
import { requireProse } from "./active-prose.ts";

/** Shows the tone of exactly the selection, in a hover at the selection. */
export async function readSelection({ server, selectionHover }: EditorContext): Promise<void> {
  const editor = requireProse();
  const { document, selection } = editor;
  if (selection.isEmpty) {
    throw new NothingOpenError(
      vscode.l10n.t("Nothing is selected."),
      vscode.l10n.t("Select the text whose tone you want to read."),
    );
  }
  const reading = await server.send(requests.readSelection, {
    uri: document.uri.toString(),
    range: toServerRange(selection),
  });
  if (reading === null) {
    throw new NothingOpenError(
      vscode.l10n.t("There is no sentence of yours in the selection."),
      vscode.l10n.t("Code, front matter, quotations and tables are not read."),
    );
  }
  const isStillThere = vscode.window.activeTextEditor === editor && editor.selection.isEqual(selection);
  if (isStillThere) {
    selectionHover.set(document, new vscode.Hover(trustedMarkdown(reading.markdown), selection));
    await vscode.commands.executeCommand("editor.action.showHover");
  }
}
