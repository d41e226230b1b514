import { basename } from "node:path";
import * as vscode from "vscode";
import type { ProposedFolder } from "../../protocol/learner.ts";
import { requests } from "../../protocol/requests.ts";
import { settingsOf } from "../client/settings.ts";
import { shortPath, storePlace } from "../client/store-place.ts";
import type { EditorContext } from "../editor-context.ts";
import { t } from "../messages/t.ts";
import { type ProposalItem, proposalItems } from "./proposal-items.ts";

type Item = ProposalItem & vscode.QuickPickItem;

/** What the writer did with the list. `picked`: the folders that were picked at that moment. */
type Choice =
  | { readonly kind: "agreed" | "another"; readonly picked: readonly string[] }
  | { readonly kind: "left" };

/** Folders that can be picked, and those that are. */
interface Offer {
  readonly proposals: readonly ProposedFolder[];
  readonly picked: readonly string[];
}

/** The folders that the writer agreed to have read; undefined where the list was left. */
export async function chooseFolders({
  server,
}: Pick<EditorContext, "server">): Promise<readonly ProposedFolder[] | undefined> {
  const look = (roots: readonly string[], isWhole: boolean) => (token: vscode.CancellationToken) =>
    server.send(requests.proposal, { roots, isWhole }, token);
  const roots = localPaths((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri));
  let offer: Offer = { proposals: [], picked: [] };
  let adding = look(roots, false);
  if (roots.length === 0) {
    const chosen = (await wantsToChoose()) ? await askForFolders() : [];
    if (chosen.length === 0) {
      return undefined;
    }
    adding = look(chosen, true);
  }
  for (;;) {
    const { choice, offer: shown } = await pick(offer, adding);
    if (choice.kind === "left") {
      return undefined;
    }
    if (choice.kind === "agreed") {
      const { picked } = choice;
      return shown.proposals.filter(({ folder }) => picked.includes(folder));
    }
    // Only when the dialog is over: one that is a list itself, as in remote windows, would close ours, and ours it.
    const chosen = await askForFolders();
    offer = { ...shown, picked: choice.picked };
    adding = chosen.length === 0 ? async () => [] : look(chosen, true);
  }
}

/** Without an open folder there is nothing to propose. */
async function wantsToChoose(): Promise<boolean> {
  const choose = vscode.l10n.t("Choose Folder…");
  const message = vscode.l10n.t("No folder is open. Where are your texts?");
  return (await vscode.window.showInformationMessage(message, choose)) === choose;
}

/** None where the dialog is left. */
async function askForFolders(): Promise<readonly string[]> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: true,
    title: vscode.l10n.t("Folders with your texts"),
    openLabel: vscode.l10n.t("Choose"),
  });
  return localPaths(chosen ?? []);
}

function localPaths(uris: readonly vscode.Uri[]): readonly string[] {
  return uris.filter(({ scheme }) => scheme === "file").map(({ fsPath }) => fsPath);
}

type Look = (token: vscode.CancellationToken) => Promise<readonly ProposedFolder[]>;

/** Shows the list at once, and fills it when the folders have been looked at; who leaves it ends the looking. */
async function pick(former: Offer, look: Look): Promise<{ readonly choice: Choice; readonly offer: Offer }> {
  const list = createList();
  const cancellation = new vscode.CancellationTokenSource();
  const choice = choiceIn(list);
  list.show();
  const left = choice.then(({ kind }) => {
    if (kind === "left") {
      cancellation.cancel();
    }
    return kind === "left" ? ("left" as const) : new Promise<never>(() => undefined);
  });
  try {
    const found = await Promise.race([look(cancellation.token), left]);
    if (found === "left") {
      return { choice: { kind: "left" }, offer: former };
    }
    const offer = joined(former, found);
    fill(list, offer);
    return { choice: await choice, offer };
  } finally {
    list.dispose();
    cancellation.dispose();
  }
}

function createList(): vscode.QuickPick<Item> {
  const list = vscode.window.createQuickPick<Item>();
  list.canSelectMany = true;
  list.ignoreFocusOut = true;
  list.matchOnDetail = true;
  const place = shortPath(storePlace(settingsOf(undefined).value("storePath")));
  list.title = vscode.l10n.t("Idiolect reads these texts and keeps what it learns in {0}", place);
  list.placeholder = vscode.l10n.t("Looking for your texts… Press Escape to stop.");
  list.busy = true;
  return list;
}

/** What is agreed to before it is shown is no consent, so OK waits for the list. */
function choiceIn(list: vscode.QuickPick<Item>): Promise<Choice> {
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      if (!list.busy) {
        resolve({ kind: "agreed", picked: foldersOf(list.selectedItems) });
      }
    });
    list.onDidChangeSelection((items) => {
      if (items.some(({ role }) => role === "another")) {
        resolve({ kind: "another", picked: foldersOf(items) });
      }
    });
    list.onDidHide(() => resolve({ kind: "left" }));
  });
}

/** What is found is picked; a folder that was there already keeps its place. */
function joined({ proposals, picked }: Offer, found: readonly ProposedFolder[]): Offer {
  const known = new Set(proposals.map(({ folder }) => folder));
  return {
    proposals: [...proposals, ...found.filter(({ folder }) => !known.has(folder))],
    picked: [...new Set([...picked, ...found.map(({ folder }) => folder)])],
  };
}

function fill(list: vscode.QuickPick<Item>, { proposals, picked }: Offer): void {
  const items = proposalItems(proposals, t, (folder) => basename(folder)) as Item[];
  const isPicked = new Set(picked);
  list.items = items;
  list.selectedItems = items.filter((item) => item.role === "folder" && isPicked.has(item.folder));
  list.placeholder =
    proposals.length > 0
      ? vscode.l10n.t("Nothing leaves this machine. Press OK to start learning.")
      : vscode.l10n.t("No prose was found here: no folder has three texts of some length.");
  list.busy = false;
}

function foldersOf(items: readonly Item[]): readonly string[] {
  return items.flatMap((item) => (item.role === "folder" ? [item.folder] : []));
}
