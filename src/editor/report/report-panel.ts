import * as vscode from "vscode";
import type { FromReportPage, ReportBlock, ToReportPage } from "../../protocol/pages.ts";
import { notifications, requests } from "../../protocol/requests.ts";
import type { ServerLink } from "../client/server-link.ts";
import { settingsOf } from "../client/settings.ts";
import { storePlace } from "../client/store-place.ts";
import { type CommandName, commandNames } from "../command-names.ts";
import { describeFailure } from "../messages/failure-text.ts";
import { openWebviewPage } from "../messages/webview-page.ts";
import { reportBlocks } from "./report-blocks.ts";

/** The panel that tells what was learned and whether it helped. */
export class ReportPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #server: ServerLink;
  #panel: vscode.WebviewPanel | undefined;

  constructor(extensionUri: vscode.Uri, server: ServerLink) {
    this.#extensionUri = extensionUri;
    this.#server = server;
    server.onNotification(notifications.readingsChanged, () => void this.#post());
  }

  show(): void {
    this.#panel ??= openWebviewPage<FromReportPage>({
      extensionUri: this.#extensionUri,
      kind: "report",
      title: vscode.l10n.t("Idiolect Report"),
      column: vscode.ViewColumn.Active,
      take: (message) => this.#take(message),
      closed: () => {
        this.#panel = undefined;
      },
    });
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #take(message: FromReportPage): void {
    switch (message.kind) {
      case "ready":
        void this.#post();
        break;
      case "command":
        if (isCommand(message.command)) {
          void vscode.commands.executeCommand(message.command);
        }
        break;
      default:
        message satisfies never;
    }
  }

  async #post(): Promise<void> {
    if (this.#panel !== undefined) {
      const message: ToReportPage = { kind: "report", blocks: await this.#blocks() };
      await this.#panel?.webview.postMessage(message);
    }
  }

  async #blocks(): Promise<readonly ReportBlock[]> {
    try {
      const place = storePlace(settingsOf(undefined).value("storePath"));
      return reportBlocks(await this.#server.send(requests.report, {}), place, vscode.l10n.t);
    } catch (cause) {
      const failure = describeFailure(cause, vscode.l10n.t);
      return [{ kind: "text", text: failure === undefined ? "" : `${failure.message} ${failure.advice}` }];
    }
  }
}

function isCommand(command: string): command is CommandName {
  return (Object.values(commandNames) as readonly string[]).includes(command);
}
