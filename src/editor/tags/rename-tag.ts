import * as vscode from "vscode";
import { requests } from "../../protocol/requests.ts";
import type { DocumentEdits, TagName } from "../../protocol/tag-suggestions.ts";
import { plural } from "../../words/translate.ts";
import { activeProse } from "../client/prose.ts";
import type { EditorContext } from "../editor-context.ts";
import { safeText } from "../messages/safe-text.ts";
import { t } from "../messages/t.ts";
import { tell, tellWarning } from "../messages/tell.ts";
import { isTagNode } from "../writer/writer-nodes.ts";
import { applyDocumentEdits } from "./apply-document-edits.ts";

/** Gives a tag another name in the documents that the writer leaves picked. `about`: the tag in the tree of writers. */
export async function renameTag(context: EditorContext, about?: unknown): Promise<void> {
  const names = await tagNames(context);
  const from = await chosenTag(names, vscode.l10n.t("Which tag is to be renamed?"), about);
  if (from === undefined) return;
  const to = await askName(from, names);
  if (to !== undefined && to !== from) await change(context, from, to);
}

/** Makes one tag of two in the documents that the writer leaves picked. `about`: the tag in the tree of writers. */
export async function mergeTag(context: EditorContext, about?: unknown): Promise<void> {
  const names = await tagNames(context);
  const from = await chosenTag(names, vscode.l10n.t("Which tag is to go?"), about);
  if (from === undefined) return;
  const others = names.filter(({ tag }) => tag !== from && !tag.startsWith(`${from}/`));
  const into = await chooseTag(others, vscode.l10n.t("Into which tag?"));
  if (into !== undefined) await change(context, from, into);
}

function activeUri(): { readonly uri?: string } {
  const document = activeProse()?.document;
  return document === undefined ? {} : { uri: document.uri.toString() };
}

async function tagNames({ server }: EditorContext): Promise<readonly TagName[]> {
  const location = vscode.ProgressLocation.Window;
  const title = vscode.l10n.t("Looking for tags");
  return vscode.window.withProgress({ location, title }, () => server.send(requests.tagNames, activeUri()));
}

/** The tag of the tree, where the documents that are open have it; else one that is picked. */
function chosenTag(names: readonly TagName[], title: string, about: unknown): Promise<string | undefined> {
  const known = isTagNode(about) && names.some(({ tag }) => tag === about.branch.tag);
  return known ? Promise.resolve(about.branch.tag) : chooseTag(names, title);
}

async function chooseTag(names: readonly TagName[], title: string): Promise<string | undefined> {
  if (names.length === 0) {
    await tell(vscode.l10n.t("No document in the folders that are open has tags."), "");
    return undefined;
  }
  const items = names.map(({ tag, documents }) => ({
    label: safeText(tag),
    description: vscode.l10n.t("documents: {0}", documents),
    tag,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.tag;
}

function askName(from: string, names: readonly TagName[]): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("What is ‘{0}’ to be called?", safeText(from)),
    value: from,
    validateInput: (to) => {
      if (to.trim() === "") return vscode.l10n.t("Write a name.");
      const isTaken = to.trim() !== from && names.some(({ tag }) => tag === to.trim());
      const message = vscode.l10n.t("This is a tag already: the two become one.");
      return isTaken ? { message, severity: vscode.InputBoxValidationSeverity.Warning } : undefined;
    },
  });
}

async function change({ server }: EditorContext, from: string, to: string): Promise<void> {
  const location = vscode.ProgressLocation.Window;
  const title = vscode.l10n.t("Looking for a tag in all documents");
  const asked = { ...activeUri(), from, to: to.trim() };
  const { documents, refused } = await vscode.window.withProgress({ location, title }, () =>
    server.send(requests.renameTag, asked),
  );
  const [first] = refused;
  if (first !== undefined) {
    const left = vscode.l10n.t(
      "Documents that are left as they are: {0}. The first is {1}: {2}",
      refused.length,
      first.path,
      first.reason,
    );
    void tellWarning(left, first.advice);
  }
  if (documents.length === 0) return;
  const chosen = await chooseDocuments(documents, from, to.trim());
  if (chosen === undefined || chosen.length === 0) return;
  if (await applyDocumentEdits(chosen)) {
    await server.send(requests.tagRenamed, { uris: chosen.map(({ uri }) => uri), from, to: to.trim() });
    await tell(
      plural(
        t,
        chosen.length,
        "The tag was changed in {0} document. One undo takes it back.",
        "The tag was changed in {0} documents. One undo takes it back.",
      ),
      "",
    );
  }
}

/**
 * The documents to be changed, all of them picked to begin with. The editor's own preview of a refactoring begins with
 * none picked, so that whoever applies it as it stands changes nothing.
 */
async function chooseDocuments(
  documents: readonly DocumentEdits[],
  from: string,
  to: string,
): Promise<readonly DocumentEdits[] | undefined> {
  const items = documents.map((document) => ({
    label: safeText(vscode.workspace.asRelativePath(vscode.Uri.parse(document.uri, true))),
    description: vscode.l10n.t("places: {0}", document.edits.length),
    picked: true,
    document,
  }));
  const title = vscode.l10n.t("‘{0}’ becomes ‘{1}’", safeText(from), safeText(to));
  const placeHolder = vscode.l10n.t("OK changes the documents you pick; one undo takes it back");
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true });
  return chosen?.map(({ document }) => document);
}
