import * as vscode from "vscode";
import { editorCommands } from "../../protocol/commands.ts";
import { requests } from "../../protocol/requests.ts";
import { requireProse } from "../client/prose.ts";
import { toServerRange } from "../client/ranges.ts";
import type { ServerLink } from "../client/server-link.ts";
import { NothingOpenError } from "../errors.ts";

/** A hover for one stretch of one version of a document, shown in place of the server's until the selection moves. */
export class SelectionHover implements vscode.Disposable {
  #shown: { readonly uri: string; readonly version: number; readonly hover: vscode.Hover } | undefined;
  readonly #listening = vscode.window.onDidChangeTextEditorSelection(() => this.clear());

  set(document: vscode.TextDocument, hover: vscode.Hover): void {
    this.#shown = { uri: document.uri.toString(), version: document.version, hover };
  }

  clear(): void {
    this.#shown = undefined;
  }

  at(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const shown = this.#shown;
    const isHere =
      shown?.uri === document.uri.toString() &&
      shown.version === document.version &&
      shown.hover.range?.contains(position) === true;
    return isHere ? shown.hover : undefined;
  }

  dispose(): void {
    this.#listening.dispose();
  }
}

interface Parts {
  readonly server: ServerLink;
  readonly selectionHover: SelectionHover;
}

/** Shows the tone of exactly the selection, in a hover at the selection. */
export async function readSelection({ server, selectionHover }: Parts): Promise<void> {
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
    selectionHover.set(document, new vscode.Hover(trusted(reading.markdown), selection));
    await vscode.commands.executeCommand("editor.action.showHover");
  }
}

/** Markdown of the server, which may quote documents: the commands of hovers run from it, and nothing else. */
function trusted(markdown: string): vscode.MarkdownString {
  const shown = new vscode.MarkdownString(markdown);
  shown.isTrusted = { enabledCommands: Object.values(editorCommands) };
  shown.supportHtml = false;
  return shown;
}
