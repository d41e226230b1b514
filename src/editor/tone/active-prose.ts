import * as vscode from "vscode";
import { isProse } from "../client/prose-languages.ts";
import { NothingOpenError } from "../errors.ts";

/** The editor in front, if it shows a text that Idiolect reads. */
export function activeProse(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && isProse(editor.document) ? editor : undefined;
}

/** The same for a command, which cannot go without. */
export function requireProse(): vscode.TextEditor {
  const editor = activeProse();
  if (editor === undefined) {
    throw new NothingOpenError(
      vscode.l10n.t("No text that Idiolect can read is open."),
      vscode.l10n.t("Open a Markdown or plain text document first."),
    );
  }
  return editor;
}
