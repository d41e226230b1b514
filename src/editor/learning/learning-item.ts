import * as vscode from "vscode";
import type { ServerLink } from "../client/server-link.ts";
import { commandNames } from "../command-names.ts";
import { spokenText } from "../messages/spoken-text.ts";
import { t } from "../messages/t.ts";
import type { LearningState } from "./learning-state.ts";
import { viewLearning } from "./learning-view.ts";

/** The status item on the left: what is learned, and one click for what fits. Hidden before the server has run. */
export function createLearningItem(server: ServerLink, learning: LearningState): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("idiolect.learning", vscode.StatusBarAlignment.Left, 1);
  item.name = vscode.l10n.t("Idiolect: Learning");
  const show = () => {
    if (server.state.kind === "gone") {
      showGone(item, server.state.reason);
    } else if (learning.status !== undefined) {
      const view = viewLearning(learning.status, t);
      item.text = view.text;
      item.tooltip = view.tooltip;
      item.accessibilityInformation = { label: view.spoken };
      item.command = view.command;
      item.backgroundColor = view.isWarning ? warningColor : undefined;
      item.show();
    }
  };
  return vscode.Disposable.from(item, server.onStateChanged(show), learning.onChanged(show));
}

const warningColor = new vscode.ThemeColor("statusBarItem.warningBackground");

function showGone(item: vscode.StatusBarItem, reason: string): void {
  item.text = `$(error) ${vscode.l10n.t("Idiolect: stopped")}`;
  item.tooltip = `${reason}\n${vscode.l10n.t("Click to restart it.")}`;
  item.accessibilityInformation = { label: spokenText(item.text, item.tooltip) };
  item.command = commandNames.restart;
  item.backgroundColor = warningColor;
  item.show();
}
