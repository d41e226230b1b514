import * as vscode from "vscode";
import { notifications, requests } from "../../protocol/requests.ts";
import type { UsedTag } from "../../protocol/tone-history.ts";
import type { WriterReport } from "../../protocol/writer-report.ts";
import type { ServerLink } from "../client/server-link.ts";
import { viewNames } from "../command-names.ts";
import type { LearningState } from "../learning/learning-state.ts";
import { t } from "../messages/t.ts";
import { tagTree } from "./tag-tree.ts";
import { rowId, sections, stateNodes, type WriterNode, writerRow } from "./writer-nodes.ts";

type SectionNode = WriterNode & { readonly kind: "section" };

const quietMs = 200;

/** The view *Writers*: what is known of each writer, asked of the server where somebody looks. */
export class WriterTree implements vscode.TreeDataProvider<WriterNode>, vscode.Disposable {
  readonly #server: ServerLink;
  readonly #learning: LearningState;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<WriterNode>;
  readonly #listening: vscode.Disposable;
  /** Reports that were asked for since something changed; one serves several sections. */
  readonly #reports = new Map<string, Promise<WriterReport | undefined>>();
  #status: string | undefined;
  #waiting: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: ServerLink, learning: LearningState) {
    this.#server = server;
    this.#learning = learning;
    server.onNotification(notifications.readingsChanged, () => this.#refresh());
    this.#listening = learning.onChanged(() => this.#refreshIfOther());
    this.#view = vscode.window.createTreeView(viewNames.writers, { treeDataProvider: this });
  }

  getTreeItem(node: WriterNode): vscode.TreeItem {
    const row = writerRow(node, t);
    const { label, description, icon, spoken, contextValue, hasChildren, opens, tooltip = opens } = row;
    const item = new vscode.TreeItem(label, collapsible(node, hasChildren));
    const id = rowId(node);
    if (id !== undefined) item.id = id;
    if (description !== undefined) item.description = description;
    item.iconPath = new vscode.ThemeIcon(icon);
    item.contextValue = contextValue;
    item.accessibilityInformation = { label: spoken };
    if (tooltip !== undefined) item.tooltip = tooltip;
    if (opens !== undefined) {
      item.command = {
        command: "vscode.open",
        title: vscode.l10n.t("Open"),
        arguments: [vscode.Uri.file(opens)],
      };
    }
    return item;
  }

  async getChildren(node?: WriterNode): Promise<WriterNode[]> {
    switch (node?.kind) {
      case undefined:
        return (await this.#server.send(requests.writers, {})).map((writer) => ({ kind: "writer", writer }));
      case "writer":
        return sections.map((section) => ({ kind: "section", section, writer: node.writer }));
      case "section":
        return [...(await this.#section(node))];
      case "tag":
        return [...(await this.#belowTag(node))];
      default:
        return [];
    }
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    this.#view.dispose();
    this.#listening.dispose();
    this.#changed.dispose();
  }

  async #section({ section, writer: { name, folders } }: SectionNode): Promise<readonly WriterNode[]> {
    switch (section) {
      case "state":
        return stateNodes(this.#learning.status, await this.#report(name), name, t);
      case "sources":
        return folders.map((folder) => ({ kind: "source", folder }));
      case "tags":
        return tagNodes(name, await this.#server.send(requests.writerTags, { writer: name }));
      case "words": {
        const writing = (await this.#report(name))?.writing;
        return writing?.kind === "compared" ? writing.words.map((word) => ({ kind: "word", ...word })) : [];
      }
      case "lessons": {
        const lessons = await this.#server.send(requests.lessons, {});
        return lessons.filter(({ writer }) => writer === name).map((lesson) => ({ kind: "lesson", lesson }));
      }
      case "versions": {
        const versions = (await this.#report(name))?.profileVersions ?? [];
        return versions.map(({ id, ...version }) => ({
          kind: "version",
          writer: name,
          version: id,
          ...version,
        }));
      }
      default:
        return section satisfies never;
    }
  }

  /** Tags below it, then the documents that have it. */
  async #belowTag({ writer, branch }: WriterNode & { readonly kind: "tag" }): Promise<readonly WriterNode[]> {
    const documents =
      branch.documents === 0
        ? []
        : await this.#server.send(requests.taggedDocuments, { writer, tag: branch.tag });
    return [
      ...branch.children.map((child): WriterNode => ({ kind: "tag", writer, branch: child })),
      ...documents.map((document): WriterNode => ({ kind: "document", document })),
    ];
  }

  #report(writer: string): Promise<WriterReport | undefined> {
    const known = this.#reports.get(writer);
    if (known !== undefined) return known;
    const asked = this.#server.send(requests.report, { writer }).then(([report]) => report);
    this.#reports.set(writer, asked);
    return asked;
  }

  /** One lesson is several changes: of readings, of what is new, of the store. */
  #refresh(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.#reports.clear();
      this.#changed.fire(undefined);
    }, quietMs);
  }

  /** Numbers change twice a second while something is learned: they are in the status bar, and not read aloud here. */
  #refreshIfOther(): void {
    const { status } = this.#learning;
    const state = status === undefined || status.kind !== "learning" ? JSON.stringify(status) : status.stage;
    if (state === this.#status) return;
    this.#status = state;
    this.#refresh();
  }
}

const tagNodes = (writer: string, tags: readonly UsedTag[]): readonly WriterNode[] =>
  tagTree(tags).map((branch) => ({ kind: "tag", writer, branch }));

/** A writer is open from the start, and so is what was learned. */
function collapsible(node: WriterNode, hasChildren: boolean): vscode.TreeItemCollapsibleState {
  if (!hasChildren) return vscode.TreeItemCollapsibleState.None;
  const isOpen = node.kind === "writer" || (node.kind === "section" && node.section === "state");
  return isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
