import * as vscode from "vscode";
import type { ServerLink } from "../client/server-link.ts";
import { commandNames } from "../command-names.ts";
import { type Offer, tellWarning } from "./tell.ts";

export function offerLog(log: vscode.LogOutputChannel): Offer {
  return { title: vscode.l10n.t("Show Log"), run: () => log.show() };
}

export function offersWhenGone(log: vscode.LogOutputChannel): readonly Offer[] {
  const restart = () => vscode.commands.executeCommand(commandNames.restart);
  return [{ title: vscode.l10n.t("Restart"), run: restart }, offerLog(log)];
}

/** One message when the server has gone for good, with what can be done. */
export function tellWhenGone(server: ServerLink, log: vscode.LogOutputChannel): vscode.Disposable {
  return server.onStateChanged((state) => {
    if (state.kind === "gone") {
      void tellWarning(state.reason, state.advice, ...offersWhenGone(log));
    }
  });
}
