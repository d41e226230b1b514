import * as vscode from "vscode";
import type { DocumentEdits } from "../../protocol/tag-suggestions.ts";
import { toEditorRange } from "../client/ranges.ts";
import { DocumentChangedError } from "../errors.ts";

/** Opens documents, shown or not, so that the server's edits are of the text that the editor has. */
export async function openDocuments(uris: readonly vscode.Uri[]): Promise<void> {
  for (const uri of uris) await vscode.workspace.openTextDocument(uri);
}

/**
 * Makes edits in several documents as one step that one undo takes back. False where the editor refuses them. Throws
 * DocumentChangedError.
 */
export async function applyDocumentEdits(documents: readonly DocumentEdits[]): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, edits } of documents) {
    const made = edits.map(({ range, newText }) => new vscode.TextEdit(toEditorRange(range), newText));
    edit.set(vscode.Uri.parse(uri, true), made);
  }
  // Between this look and the edit nothing else runs, so documents of these versions are edited or none.
  if (!documents.every(isCurrent)) {
    throw new DocumentChangedError(
      vscode.l10n.t("A document has changed in the meantime, so nothing was written."),
      vscode.l10n.t("Try again."),
    );
  }
  return vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

function isCurrent({ uri, version }: DocumentEdits): boolean {
  if (version === undefined) return true;
  const open = vscode.workspace.textDocuments.find(
    (document) => document.uri.toString() === vscode.Uri.parse(uri, true).toString(),
  );
  return open?.version === version;
}
