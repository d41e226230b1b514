import * as vscode from "vscode";
import type { RoundStep } from "../../protocol/lessons.ts";
import type { FromRoundPage, ToRoundPage } from "../../protocol/pages.ts";
import { requests } from "../../protocol/requests.ts";
import { activeProse } from "../client/prose.ts";
import type { ServerLink } from "../client/server-link.ts";
import { describeFailure } from "../messages/failure-text.ts";
import { t } from "../messages/t.ts";
import { openWebviewPage } from "../messages/webview-page.ts";
import { roundPage } from "./round-page.ts";

/** The panel that asks how the writer means sentences of their own, one at a time. */
export class RoundPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #server: ServerLink;
  readonly #log: vscode.LogOutputChannel;
  #panel: vscode.WebviewPanel | undefined;
  /** Of the document that was in front when the round began: its writer is asked. */
  #uri: string | undefined;
  #shown: ToRoundPage | undefined;
  /** Steps wait for each other, so that a quick second key answers the second question. */
  #steps: Promise<void> = Promise.resolve();

  constructor(extensionUri: vscode.Uri, server: ServerLink, log: vscode.LogOutputChannel) {
    this.#extensionUri = extensionUri;
    this.#server = server;
    this.#log = log;
  }

  show(): void {
    if (this.#panel === undefined) {
      this.#uri = activeProse()?.document.uri.toString();
      this.#panel = openWebviewPage<FromRoundPage>({
        extensionUri: this.#extensionUri,
        kind: "round",
        title: vscode.l10n.t("A Round of Questions"),
        column: vscode.ViewColumn.Active,
        take: (message) => this.#take(message),
        closed: () => {
          this.#panel = undefined;
          this.#shown = undefined;
        },
      });
      this.#go({ kind: "begin" });
    }
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #take(message: FromRoundPage): void {
    switch (message.kind) {
      case "ready":
        this.#post(this.#shown);
        break;
      case "step":
        this.#go(message.step);
        break;
      case "end":
        this.#panel?.dispose();
        break;
      default:
        message satisfies never;
    }
  }

  #go(step: RoundStep): void {
    this.#steps = this.#steps.then(() => this.#do(step));
  }

  async #do(step: RoundStep): Promise<void> {
    const title = t("A Round of Questions");
    if (step.kind === "begin") {
      this.#post({ kind: "message", title, text: t("Reading some of your sentences…") });
    }
    try {
      const round = await this.#server.send(requests.round, { uri: this.#uri, step });
      this.#post(
        round.question === undefined && round.asked === 0
          ? { kind: "message", title, text: t("There is no sentence of yours left to ask about.") }
          : { kind: "page", page: roundPage(round, t) },
      );
    } catch (cause) {
      this.#log.warn(`The round of questions stopped: ${cause}`);
      const failure = describeFailure(cause, t);
      const text =
        failure === undefined ? t("The round of questions stopped.") : `${failure.message} ${failure.advice}`;
      this.#post({ kind: "message", title, text, again: t("Begin Again") });
    }
  }

  /** A page that is hidden loses what it had, and says that it is ready when it is back. */
  #post(message: ToRoundPage | undefined): void {
    this.#shown = message;
    if (message !== undefined) void this.#panel?.webview.postMessage(message);
  }
}
