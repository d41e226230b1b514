import { basename } from "node:path";
import * as vscode from "vscode";
import type { FromTonePage, ToTonePage } from "../../protocol/pages.ts";
import { toEditorRange } from "../client/ranges.ts";
import { t } from "../messages/t.ts";
import { openWebviewPage } from "../messages/webview-page.ts";
import { describeUnreadDocument } from "./describe-unread.ts";
import type { DocumentReadings, ReadingNews } from "./document-readings.ts";
import { tonePage } from "./tone-page.ts";

/** The panel with the course of tone of one document; it follows the text while it is open. */
export class TonePanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #readings: DocumentReadings;
  #panel: vscode.WebviewPanel | undefined;
  #document: vscode.TextDocument | undefined;
  #news: ReadingNews | undefined;
  #watching: vscode.Disposable | undefined;
  /** Where the document went that was shown under another name. */
  #awaited: string | undefined;
  readonly #listening: vscode.Disposable;

  constructor(extensionUri: vscode.Uri, readings: DocumentReadings) {
    this.#extensionUri = extensionUri;
    this.#readings = readings;
    this.#listening = vscode.Disposable.from(
      vscode.workspace.onDidRenameFiles(({ files }) => this.#followRenames(files)),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (document.uri.toString() === this.#awaited) {
          this.#watch(document);
        }
      }),
    );
  }

  /** Shows a document beside its editor; without one, what is shown comes to the front. False: there is nothing. */
  show(document: vscode.TextDocument | undefined): boolean {
    if (document !== undefined) {
      this.#panel ??= openWebviewPage<FromTonePage>({
        extensionUri: this.#extensionUri,
        kind: "tone",
        title: vscode.l10n.t("Tone"),
        column: { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        take: (message) => this.#take(message),
        closed: () => this.#closed(),
      });
      this.#watch(document);
    }
    this.#panel?.reveal(undefined, true);
    return this.#panel !== undefined;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#panel?.dispose();
  }

  #closed(): void {
    this.#watching?.dispose();
    this.#watching = undefined;
    this.#panel = undefined;
    this.#document = undefined;
    this.#news = undefined;
    this.#awaited = undefined;
  }

  /** A file that is renamed, or lies in a folder that is, opens as another document, before or after this. */
  #followRenames(files: vscode.FileRenameEvent["files"]): void {
    const former = this.#document?.uri.toString();
    const move = files.find(({ oldUri }) => former !== undefined && `${former}/`.startsWith(`${oldUri}/`));
    if (former !== undefined && move !== undefined) {
      const awaited = `${move.newUri}${former.slice(move.oldUri.toString().length)}`;
      this.#awaited = awaited;
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === awaited);
      if (document !== undefined) {
        this.#watch(document);
      }
    }
  }

  #watch(document: vscode.TextDocument): void {
    this.#awaited = undefined;
    if (document.uri.toString() !== this.#document?.uri.toString()) {
      this.#document = document;
      this.#news = undefined;
      this.#watching?.dispose();
      this.#post();
      this.#watching = this.#readings.watch(document, (news) => {
        this.#news = news;
        this.#post();
      });
    }
  }

  /** A page that is hidden loses what it had, and says that it is ready when it is back. */
  #take(message: FromTonePage): void {
    switch (message.kind) {
      case "ready":
        this.#post();
        break;
      case "goTo":
        void this.#goTo(message.sentence);
        break;
      default:
        message satisfies never;
    }
  }

  #post(): void {
    if (this.#panel !== undefined && this.#document !== undefined) {
      const name = basename(this.#document.uri.path);
      this.#panel.title = vscode.l10n.t("Tone: {0}", name);
      void this.#panel.webview.postMessage(pageOf(name, this.#news));
    }
  }

  async #goTo(sentence: number): Promise<void> {
    const range = this.#news?.kind === "read" ? this.#news.reading.sentences[sentence]?.range : undefined;
    if (range !== undefined && this.#document !== undefined) {
      const { uri } = this.#document;
      const shown = vscode.window.visibleTextEditors.find(
        ({ document }) => document.uri.toString() === uri.toString(),
      );
      // By its name: the document itself may be closed by now.
      await vscode.window.showTextDocument(uri, {
        viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
        selection: toEditorRange(range),
      });
    }
  }
}

function pageOf(title: string, news: ReadingNews | undefined): ToTonePage {
  if (news === undefined) {
    return { kind: "message", title, text: t("Reading…") };
  }
  if (news.kind === "unread") {
    return { kind: "message", title, text: `${news.message} ${news.advice}` };
  }
  const { sentences, notRead } = news.reading;
  if (sentences.length === 0 && notRead.length > 0) {
    return { kind: "message", title, text: describeUnreadDocument(notRead, t) };
  }
  return sentences.length === 0
    ? { kind: "message", title, text: t("There are no sentences of yours in this document.") }
    : { kind: "page", page: tonePage(title, news.reading, t) };
}
