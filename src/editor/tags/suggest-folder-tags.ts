import * as vscode from "vscode";
import { requests } from "../../protocol/requests.ts";
import type { DocumentEdits } from "../../protocol/tag-suggestions.ts";
import { describeCount } from "../../words/describe-counts.ts";
import { settingsOf } from "../client/settings.ts";
import type { EditorContext } from "../editor-context.ts";
import { NothingOpenError, RefusedError } from "../errors.ts";
import { t } from "../messages/t.ts";
import { tell, tellWarning } from "../messages/tell.ts";
import { applyDocumentEdits, openDocuments } from "./apply-document-edits.ts";
import {
  chosenByDocument,
  describeLeft,
  type FolderDocument,
  type FolderTagItem,
  folderTagItems,
  leastFolderScore,
} from "./folder-tag-items.ts";

type TagChoice = vscode.QuickPickItem & { readonly path: string; readonly tag: string };

/** Lists tags that the documents of a folder lack; what is chosen is written in one step. */
export async function suggestFolderTags(context: EditorContext): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const documents = await lookedThrough(context, folder);
  if (documents === undefined) return;
  await tellLeft(documents);
  const items = folderTagItems(documents, t);
  if (items.length === 0) {
    await tell(nothingReason(documents), "");
    return;
  }
  const chosen = await chooseTags(items);
  if (chosen === undefined || chosen.length === 0) return;
  await write(context, chosenByDocument(chosen));
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    throw new NothingOpenError(
      vscode.l10n.t("No folder is open."),
      vscode.l10n.t("Open the folder with your documents first."),
    );
  }
  if (folders.length === 1) return folders[0]!.uri;
  return (await vscode.window.showWorkspaceFolderPick())?.uri;
}

/** Document by document, with progress; undefined where the user gave up. */
function lookedThrough(
  { server }: EditorContext,
  folder: vscode.Uri,
): Thenable<readonly FolderDocument[] | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Looking for tags that documents lack"),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const paths = await server.send(requests.folderDocuments, { folder: folder.fsPath }, token);
    const documents: FolderDocument[] = [];
    for (const path of paths) {
      if (token.isCancellationRequested) return undefined;
      const name = vscode.workspace.asRelativePath(path);
      progress.report({ message: name, increment: 100 / paths.length });
      const limit = settingsOf(vscode.Uri.file(path)).value("tags.maximumSuggestions");
      const asked = { path, threshold: leastFolderScore, limit };
      const missing = await server.send(requests.missingTags, asked, token);
      documents.push({ path, name, missing });
      // Of the others it would be the same.
      if (missing.kind === "none") break;
    }
    return token.isCancellationRequested ? undefined : documents;
  });
}

async function tellLeft(documents: readonly FolderDocument[]): Promise<void> {
  const left = describeLeft(documents, t);
  // The list does not wait for the message to be closed.
  if (left !== undefined) void tellWarning(left, "");
}

function nothingReason(documents: readonly FolderDocument[]): string {
  const none = documents.find(({ missing }) => missing.kind === "none")?.missing;
  return none?.kind === "none"
    ? none.reason
    : vscode.l10n.t("No document of this folder seems to lack a tag.");
}

async function chooseTags(items: readonly FolderTagItem[]): Promise<readonly TagChoice[] | undefined> {
  const rows = items.map((item): vscode.QuickPickItem | TagChoice => {
    if (item.kind === "document") {
      return { label: item.label, kind: vscode.QuickPickItemKind.Separator };
    }
    const { path, tag, label, description, detail, isLikely } = item;
    return { path, tag, label, description, detail, picked: isLikely };
  });
  const list = vscode.window.createQuickPick<vscode.QuickPickItem>();
  list.canSelectMany = true;
  list.title = vscode.l10n.t("Tags for the documents of this folder");
  // Longer words would be cut off by the count of what is picked.
  list.placeholder = vscode.l10n.t("OK writes the tags you pick; one undo takes them back");
  list.matchOnDetail = true;
  list.items = rows;
  list.selectedItems = rows.filter((row) => row.picked === true);
  try {
    return await new Promise((resolve) => {
      list.onDidAccept(() => resolve(list.selectedItems as readonly TagChoice[]));
      list.onDidHide(() => resolve(undefined));
      list.show();
    });
  } finally {
    list.dispose();
  }
}

async function write(
  { server }: EditorContext,
  chosen: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  await openDocuments([...chosen.keys()].map((path) => vscode.Uri.file(path)));
  const documents: DocumentEdits[] = [];
  for (const [path, tags] of chosen) {
    const answer = await server.send(requests.addTags, { path, tags });
    if (answer.kind === "refused") throw new RefusedError(answer.reason, answer.advice);
    if (answer.document.edits.length > 0) documents.push(answer.document);
  }
  const tags = [...chosen.values()].flat().length;
  if (await applyDocumentEdits(documents))
    await tell(
      t(
        "Written: {0} into {1}.",
        describeCount(tags, "tag", t),
        describeCount(documents.length, "document", t),
      ),
      "",
    );
}
