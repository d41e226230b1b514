import * as vscode from "vscode";
import { editorCommands } from "../../protocol/commands.ts";

/** Markdown of the server, which may quote documents: the commands of hovers run from it, and nothing else. */
export function trustedMarkdown(markdown: string): vscode.MarkdownString {
  const shown = new vscode.MarkdownString(markdown);
  shown.isTrusted = { enabledCommands: Object.values(editorCommands) };
  shown.supportHtml = false;
  return shown;
}
