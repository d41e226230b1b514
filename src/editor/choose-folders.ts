import { basename } from "node:path";
import * as vscode from "vscode";
import { type FolderProposal, requests } from "../protocol/editor-messages.ts";
import type { EditorContext } from "./editor-context.ts";
import { type ProposalItem, proposalItems } from "./proposal-items.ts";
import { settingsOf } from "./read-settings.ts";
import { shortPath, storePlace } from "./store-place.ts";

type Item = ProposalItem & vscode.QuickPickItem;

/** What the writer did with the list. */
type Choice =
  | { readonly kind: "agreed"; readonly folders: readonly string[] }
  | { readonly kind: "another" }
  | { readonly kind: "left" };

/** The folders that the writer agreed to have read; undefined where the list was left. */
export async function chooseFolders(context: EditorContext): Promise<readonly string[] | undefined> {
  const roots = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === "file")
    .map(({ uri }) => uri.fsPath);
  if (roots.length === 0 && !(await wantsToChoose())) {
    return undefined;
  }
  let proposals = roots.length > 0 ? propose(context, roots) : addChosen(context, Promise.resolve([]));
  for (;;) {
    const choice = await pick(proposals);
    switch (choice.kind) {
      case "agreed":
        return choice.folders;
      case "left":
        return undefined;
      case "another":
        proposals = addChosen(context, proposals);
        break;
      default:
        return choice satisfies never;
    }
  }
}

/** Without an open folder there is nothing to propose. */
async function wantsToChoose(): Promise<boolean> {
  const choose = vscode.l10n.t("Choose Folder…");
  const message = vscode.l10n.t("No folder is open. Where are your texts?");
  return (await vscode.window.showInformationMessage(message, choose)) === choose;
}

function propose({ server }: EditorContext, roots: readonly string[]): Promise<readonly FolderProposal[]> {
  return server.send(requests.proposal, { roots });
}

/** The proposals with a folder that the writer chooses in a dialog; without it where the dialog is left. */
async function addChosen(
  context: EditorContext,
  former: Promise<readonly FolderProposal[]>,
): Promise<readonly FolderProposal[]> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: true,
    title: vscode.l10n.t("Folders with your texts"),
    openLabel: vscode.l10n.t("Choose"),
  });
  const before = await former;
  const roots = (chosen ?? []).filter(({ scheme }) => scheme === "file").map(({ fsPath }) => fsPath);
  const known = new Set(before.map(({ folder }) => folder));
  const found = roots.length === 0 ? [] : await propose(context, roots);
  return [...before, ...wholeFolders(roots, found).filter(({ folder }) => !known.has(folder))];
}

/** What was chosen is read as a whole, with the counts of what was found in it. */
function wholeFolders(roots: readonly string[], found: readonly FolderProposal[]): readonly FolderProposal[] {
  return roots.map((root) => {
    const within = found.filter(({ folder }) => `${folder}/`.startsWith(`${root}/`));
    const sum = (count: (proposal: FolderProposal) => number) =>
      within.reduce((total, proposal) => total + count(proposal), 0);
    return {
      folder: root,
      documents: sum(({ documents }) => documents),
      words: sum(({ words }) => words),
      tags: sum(({ tags }) => tags),
    };
  });
}

/** Shows the list at once, and fills it when the folders have been looked at. */
async function pick(proposals: Promise<readonly FolderProposal[]>): Promise<Choice> {
  const list = vscode.window.createQuickPick<Item>();
  list.canSelectMany = true;
  list.ignoreFocusOut = true;
  list.matchOnDetail = true;
  const place = shortPath(storePlace(settingsOf(undefined).value("storePath")));
  list.title = vscode.l10n.t("Idiolect reads these texts and keeps what it learns in {0}", place);
  list.placeholder = vscode.l10n.t("Nothing leaves this machine. OK starts learning.");
  list.busy = true;
  const choice = new Promise<Choice>((resolve) => {
    list.onDidAccept(() => {
      if (!list.busy) {
        resolve({ kind: "agreed", folders: foldersOf(list.selectedItems) });
      }
    });
    list.onDidChangeSelection((items) => {
      if (items.some(({ role }) => role === "another")) {
        resolve({ kind: "another" });
      }
    });
    list.onDidHide(() => resolve({ kind: "left" }));
  });
  list.show();
  try {
    const items = proposalItems(await proposals, vscode.l10n.t, (folder) => basename(folder)) as Item[];
    list.items = items;
    list.selectedItems = items.filter(({ role }) => role === "folder");
    list.busy = false;
    return await choice;
  } finally {
    list.dispose();
  }
}

function foldersOf(items: readonly Item[]): readonly string[] {
  return items.flatMap((item) => (item.role === "folder" ? [item.folder] : []));
}
