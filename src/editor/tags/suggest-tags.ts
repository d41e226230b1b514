import * as vscode from "vscode";
import { requests } from "../../protocol/requests.ts";
import type { TagSuggestions } from "../../protocol/tag-suggestions.ts";
import { requireProse } from "../client/prose.ts";
import { toEditorRange } from "../client/ranges.ts";
import { settingsOf } from "../client/settings.ts";
import { commandNames } from "../command-names.ts";
import type { EditorContext } from "../editor-context.ts";
import { DocumentChangedError, RefusedError } from "../errors.ts";
import { awaitsTags } from "../learning/learning-view.ts";
import { t } from "../messages/t.ts";
import { tell, tellFailure } from "../messages/tell.ts";
import { chosenTags, type TagItem, tagItems } from "./tag-items.ts";

type Item = TagItem & vscode.QuickPickItem;

/** Shows tags for the document in front, those it has picked already; OK writes what is picked then. */
export async function suggestTags(context: EditorContext): Promise<void> {
  const { document } = requireProse();
  const list = createTagList();
  const cancellation = new vscode.CancellationTokenSource();
  const accepted = new Promise<boolean>((resolve) => {
    list.onDidAccept(() => {
      if (list.busy) {
        list.placeholder = vscode.l10n.t(
          "The tags are still coming: once they are here, pick some and press Enter again",
        );
      } else {
        resolve(true);
      }
    });
    list.onDidHide(() => {
      cancellation.cancel();
      resolve(false);
    });
  });
  list.onDidTriggerItemButton(({ item }) => refuse(context, document, list, item));
  const waiting = tellOfWaiting(context, list);
  list.show();
  try {
    const suggestions = await askForTags(context, document, cancellation.token);
    waiting.dispose();
    if (suggestions.kind === "none") {
      list.hide();
      await tellNone(suggestions.reason, context);
      return;
    }
    fill(list, suggestions.tags);
    if (await accepted) {
      const picked = new Set(list.selectedItems.map(({ tag }) => tag));
      const tags = chosenTags(list.items, picked);
      list.hide();
      await applyTagEdit(context, document, tags);
    }
  } finally {
    waiting.dispose();
    list.dispose();
    cancellation.dispose();
  }
}

function createTagList(): vscode.QuickPick<Item> {
  const list = vscode.window.createQuickPick<Item>();
  list.canSelectMany = true;
  list.busy = true;
  list.title = vscode.l10n.t("Tags for this document");
  list.placeholder = placeholder();
  return list;
}

const placeholder = () => vscode.l10n.t("The tags you pick are written into the front matter");

/** Until it is disposed of: says in the empty list what it waits for, where learning has no tags yet. */
function tellOfWaiting({ learning }: EditorContext, list: vscode.QuickPick<Item>): vscode.Disposable {
  const show = () => {
    list.placeholder = awaitsTags(learning.status)
      ? vscode.l10n.t("Learning your documents: the first tags will be here in a moment")
      : placeholder();
  };
  show();
  const listening = learning.onChanged(show);
  return new vscode.Disposable(() => {
    listening.dispose();
    list.placeholder = placeholder();
  });
}

function askForTags(
  { server }: EditorContext,
  { uri }: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<TagSuggestions> {
  const limit = settingsOf(uri).value("tags.maximumSuggestions");
  return server.send(requests.suggestTags, { uri: uri.toString(), limit }, token);
}

function fill(list: vscode.QuickPick<Item>, tags: (TagSuggestions & { kind: "suggested" })["tags"]): void {
  const notThisTag: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("thumbsdown"),
    tooltip: vscode.l10n.t("Not this tag"),
  };
  const items = tagItems(tags, t).map((item) => ({ ...item, buttons: [notThisTag] }));
  list.items = withNewApart(items);
  list.selectedItems = items.filter(({ present }) => present);
  list.busy = false;
}

/** With a line above the tags that were never used. */
function withNewApart(items: readonly Item[]): readonly Item[] {
  const [first] = items.filter(({ isNew }) => isNew);
  if (first === undefined) return items;
  const label = vscode.l10n.t("Never used before, named in the text");
  const line: Item = { ...first, tag: "", label, kind: vscode.QuickPickItemKind.Separator };
  return items.flatMap((item) => (item === first ? [line, item] : [item]));
}

/** Teaches that a tag does not fit, and takes it off the list; what was picked stays picked. */
async function refuse(
  context: EditorContext,
  { uri }: vscode.TextDocument,
  list: vscode.QuickPick<Item>,
  { tag }: Item,
): Promise<void> {
  const picked = new Set(list.selectedItems.map((item) => item.tag));
  list.items = list.items.filter((item) => item.tag !== tag);
  list.selectedItems = list.items.filter((item) => picked.has(item.tag));
  try {
    const taught = await context.server.send(requests.teach, {
      kind: "notThisTag",
      uri: uri.toString(),
      tag,
    });
    context.undoItem.show(vscode.l10n.t("Noted: not this tag"), taught);
  } catch (cause) {
    await tellFailure(cause, context.log);
  }
}

async function tellNone(reason: string, { learning }: EditorContext): Promise<void> {
  const learn = {
    title: vscode.l10n.t("Learn From My Documents"),
    run: () => vscode.commands.executeCommand(commandNames.learn),
  };
  await tell(reason, "", ...(learning.status?.kind === "unlearned" ? [learn] : []));
}

/** Makes the tags of a document exactly these, as one step that can be undone. Nothing is saved. */
async function applyTagEdit(
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
