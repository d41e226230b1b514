import * as vscode from "vscode";
import { requests } from "../../protocol/requests.ts";
import { toEditorRange } from "../client/ranges.ts";
import type { EditorContext } from "../editor-context.ts";
import { DocumentChangedError, RefusedError } from "../errors.ts";

/** Makes the tags of a document exactly these, as one step that can be undone. Nothing is saved. */
export async function applyTagEdit(
  { server }: EditorContext,
  document: vscode.TextDocument,
  tags: readonly string[],
): Promise<void> {
  const answer = await server.send(requests.tagEdit, { uri: document.uri.toString(), tags });
  if (answer.kind === "refused") {
    throw new RefusedError(answer.reason, answer.advice);
  }
  if (answer.edits.length === 0) {
    return;
  }
  // Between this look and the edit nothing else runs, so a document of this version is edited or none.
  const isCurrent = answer.version === document.version;
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    answer.edits.map(({ range, newText }) => new vscode.TextEdit(toEditorRange(range), newText)),
  );
  if (!isCurrent || !(await vscode.workspace.applyEdit(edit))) {
    throw new DocumentChangedError(
      vscode.l10n.t("The document has changed in the meantime, so no tags were written."),
      vscode.l10n.t("Suggest tags again."),
    );
  }
}
