import * as vscode from "vscode";
import { commandNames } from "../command-names.ts";
import type { EditorContext } from "../editor-context.ts";
import { offerLog } from "../messages/offers.ts";
import { tell, tellWarning } from "../messages/tell.ts";

/** Says why learning failed, and offers to try again. */
export async function explainFailure({ learning, log }: EditorContext): Promise<void> {
  const { status } = learning;
  if (status?.kind !== "failed") {
    await tell(vscode.l10n.t("Learning has not failed."), "");
    return;
  }
  await tellWarning(
    status.reason,
    status.advice,
    {
      title: vscode.l10n.t("Try Again"),
      run: () => vscode.commands.executeCommand(commandNames.resume),
    },
    offerLog(log),
  );
}
