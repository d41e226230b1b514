import * as vscode from "vscode";
import type { DashboardSetting, FromReportPage, ToReportPage } from "../../protocol/pages.ts";
import { notifications, requests } from "../../protocol/requests.ts";
import { settingFrom, settingsSection } from "../../protocol/settings.ts";
import type { ServerLink } from "../client/server-link.ts";
import { settingsOf, touches } from "../client/settings.ts";
import { storePlace } from "../client/store-place.ts";
import { type CommandName, commandNames } from "../command-names.ts";
import type { LearningState } from "../learning/learning-state.ts";
import { describeFailure } from "../messages/failure-text.ts";
import { t } from "../messages/t.ts";
import { openWebviewPage } from "../messages/webview-page.ts";
import { historyBlocks } from "./history-blocks.ts";
import { historyName, reportBlocks, type Surroundings } from "./report-blocks.ts";

const dashboardSettings: readonly DashboardSetting[] = [
  "tone.strength",
  "learning.onBattery",
  "learning.schedule",
];

/** The dashboard: what was learned and whether it helped, how it went over time, and what is kept. */
export class ReportPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #server: ServerLink;
  readonly #learning: LearningState;
  readonly #listening: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  /** Documents that the page shows: it opens no others. */
  readonly #shown = new Set<string>();
  #reading: vscode.CancellationTokenSource | undefined;
  /** Of learning, as the page shows it. */
  #state: string | undefined;

  constructor(extensionUri: vscode.Uri, server: ServerLink, learning: LearningState) {
    this.#extensionUri = extensionUri;
    this.#server = server;
    this.#learning = learning;
    server.onNotification(notifications.readingsChanged, () => void this.#post());
    this.#listening = vscode.Disposable.from(
      learning.onChanged((status) => {
        const state = status.kind === "learning" ? `${status.kind} ${status.waits?.for}` : status.kind;
        if (state === this.#state) return;
        this.#state = state;
        void this.#post();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (touches(change, dashboardSettings)) void this.#post();
      }),
    );
  }

  show(): void {
    this.#panel ??= openWebviewPage<FromReportPage>({
      extensionUri: this.#extensionUri,
      kind: "report",
      title: vscode.l10n.t("Idiolect Dashboard"),
      column: vscode.ViewColumn.Active,
      take: (message) => this.#take(message),
      closed: () => {
        this.#panel = undefined;
        this.#reading?.cancel();
      },
    });
    this.#panel.reveal();
  }

  dispose(): void {
    this.#listening.dispose();
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
      case "open":
        if (this.#shown.has(message.path)) {
          void vscode.commands.executeCommand("vscode.open", vscode.Uri.file(message.path));
        }
        break;
      case "goBack":
        void vscode.commands.executeCommand(commandNames.goBack, { kind: "version", ...message.version });
        break;
      case "set":
        void change(message.name, message.value);
        break;
      default:
        message satisfies never;
    }
  }

  async #post(): Promise<void> {
    if (this.#panel === undefined) return;
    this.#reading?.cancel();
    const reading = new vscode.CancellationTokenSource();
    this.#reading = reading;
    try {
      const reports = await this.#server.send(requests.report, {});
      await this.#tell({
        kind: "report",
        blocks: reportBlocks(reports, this.#surroundings(), t),
      });
      for (const { writer } of reports) await this.#tellHistory(writer.name, reading.token);
    } catch (cause) {
      const failure = describeFailure(cause, t);
      if (failure === undefined) return;
      const text = `${failure.message} ${failure.advice}`;
      await this.#tell({ kind: "report", blocks: [{ kind: "text", text }] });
    }
  }

  /** Reading the documents takes seconds, so it comes after the rest. */
  async #tellHistory(writer: string, token: vscode.CancellationToken): Promise<void> {
    const tags = await this.#server.send(requests.tagHistory, { writer }, token);
    const tone = await this.#server.send(requests.toneHistory, { writer }, token);
    for (const { path } of [...tone.documents, ...tags.tags.flatMap(({ documents }) => documents)]) {
      this.#shown.add(path);
    }
    const blocks = historyBlocks(tone, tags, t);
    await this.#tell({ kind: "fill", name: historyName(writer), blocks });
  }

  #surroundings(): Surroundings {
    const settings = settingsOf(undefined);
    return {
      place: storePlace(settings.value("storePath")),
      chosen: {
        "tone.strength": settings.value("tone.strength"),
        "learning.onBattery": settings.value("learning.onBattery"),
        "learning.schedule": settings.value("learning.schedule"),
      },
      learning: this.#learning.status,
    };
  }

  async #tell(message: ToReportPage): Promise<void> {
    await this.#panel?.webview.postMessage(message);
  }
}

/** Where the workspace has a value of its own, that one counts. */
async function change(name: DashboardSetting, value: unknown): Promise<void> {
  const wanted = settingFrom(name, value);
  if (wanted === undefined) return;
  const configuration = vscode.workspace.getConfiguration(settingsSection);
  const isOfWorkspace = configuration.inspect(name)?.workspaceValue !== undefined;
  const { Global, Workspace } = vscode.ConfigurationTarget;
  await configuration.update(name, wanted, isOfWorkspace ? Workspace : Global);
}

function isCommand(command: string): command is CommandName {
  return (Object.values(commandNames) as readonly string[]).includes(command);
}
