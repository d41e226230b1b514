import { basename } from "node:path";
import * as vscode from "vscode";
import type { FromReportPage, ToReportPage } from "../../protocol/pages.ts";
import { requests } from "../../protocol/requests.ts";
import type { VoiceReading } from "../../protocol/voice.ts";
import { toEditorRange, toServerRange } from "../client/ranges.ts";
import type { ServerLink } from "../client/server-link.ts";
import { t } from "../messages/t.ts";
import { openWebviewPage } from "../messages/webview-page.ts";
import { showParagraph, voiceBlocks } from "./voice-blocks.ts";

/** The panel that says of each paragraph how much it sounds like the writer. */
export class VoicePanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #server: ServerLink;
  #panel: vscode.WebviewPanel | undefined;
  #shown: { readonly uri: vscode.Uri; readonly reading: VoiceReading } | undefined;

  constructor(extensionUri: vscode.Uri, server: ServerLink) {
    this.#extensionUri = extensionUri;
    this.#server = server;
  }

  /** Reads the selection, or the whole document where nothing is selected, and shows what was read beside it. */
  async show({ document, selection }: vscode.TextEditor): Promise<void> {
    const { uri } = document;
    const reading = await this.#server.send(requests.readVoice, {
      uri: uri.toString(),
      ...(selection.isEmpty ? {} : { range: toServerRange(selection) }),
    });
    this.#shown = { uri, reading };
    this.#panel ??= openWebviewPage<FromReportPage>({
      extensionUri: this.#extensionUri,
      kind: "voice",
      title: vscode.l10n.t("Voice"),
      column: { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      take: (message) => this.#take(message),
      closed: () => {
        this.#panel = undefined;
      },
    });
    this.#panel.reveal(undefined, true);
    this.#post();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #take(message: FromReportPage): void {
    switch (message.kind) {
      case "ready":
        this.#post();
        break;
      case "command":
        if (message.command.startsWith(showParagraph)) {
          void this.#goTo(Number(message.command.slice(showParagraph.length)));
        }
        break;
      case "open":
      case "goBack":
      case "set":
        // Only the dashboard has what says this.
        break;
      default:
        message satisfies never;
    }
  }

  #post(): void {
    if (this.#panel === undefined || this.#shown === undefined) return;
    const blocks = voiceBlocks(basename(this.#shown.uri.path), this.#shown.reading, t);
    const message: ToReportPage = { kind: "report", blocks };
    void this.#panel.webview.postMessage(message);
  }

  async #goTo(paragraph: number): Promise<void> {
    const shown = this.#shown;
    const range = shown?.reading.kind === "read" ? shown.reading.paragraphs[paragraph]?.range : undefined;
    if (shown === undefined || range === undefined) return;
    const { uri } = shown;
    const visible = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === uri.toString(),
    );
    await vscode.window.showTextDocument(uri, {
      viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
      selection: toEditorRange(range),
    });
  }
}
