import { homedir } from "node:os";
import * as vscode from "vscode";
import { requests } from "../../protocol/requests.ts";
import { formatBytes, formatCount } from "../../words/format.ts";
import { shortPath } from "../client/store-place.ts";
import type { EditorContext } from "../editor-context.ts";
import { safeText } from "../messages/safe-text.ts";
import { t } from "../messages/t.ts";
import { tell } from "../messages/tell.ts";
import { chooseWriter } from "./choose-writer.ts";
import { isWriterNode } from "./writer-nodes.ts";

/** The ending of exported files; any other is read as well. */
export const exportEnding = "idiolect";

/** Writes what was learned of a writer to a file. `about`: where it was asked for in the tree. */
export async function exportWriter(context: EditorContext, about?: unknown): Promise<void> {
  const writer = isWriterNode(about)
    ? about.writer.name
    : await chooseWriter(context, vscode.l10n.t("Whose profile is to be exported?"));
  if (writer === undefined) return;
  const withText = await askForText(writer);
  if (withText === undefined) return;
  const file = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(`${homedir()}/${fileName(writer)}.${exportEnding}`),
    filters: { Idiolect: [exportEnding] },
    title: vscode.l10n.t("Export"),
    saveLabel: vscode.l10n.t("Export"),
  });
  if (file === undefined) return;
  const location = vscode.ProgressLocation.Notification;
  const exported = await vscode.window.withProgress(
    { location, title: vscode.l10n.t("Exporting {0}", safeText(writer)) },
    () => context.server.send(requests.exportWriter, { writer, file: file.fsPath, withText }),
  );
  await tell(
    vscode.l10n.t(
      "What was learned of {0} is in {1} ({2}), with {3} lessons.",
      safeText(writer),
      shortPath(file.fsPath),
      formatBytes(exported.bytes, t),
      formatCount(exported.lessons, t),
    ),
    withText
      ? vscode.l10n.t("It holds the text of the documents: keep it as you would keep them.")
      : vscode.l10n.t("It holds no sentence of the documents."),
  );
}

async function askForText(writer: string): Promise<boolean | undefined> {
  const items = [
    {
      label: vscode.l10n.t("Without the text of the documents"),
      detail: vscode.l10n.t(
        "What was learned, and what you taught, by hashes of the sentences. No sentence is in it.",
      ),
      withText: false,
    },
    {
      label: vscode.l10n.t("With the text of the documents"),
      detail: vscode.l10n.t(
        "Sentences, titles and tags come along, so that tags are suggested even on a machine that cannot learn.",
      ),
      withText: true,
    },
  ];
  const title = vscode.l10n.t("What is to be exported of {0}?", safeText(writer));
  return (await vscode.window.showQuickPick(items, { title }))?.withText;
}

/** A name that every file system takes. */
function fileName(writer: string): string {
  const name = writer.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return name === "" ? "writer" : name.slice(0, 60);
}
