import * as vscode from "vscode";
import { commandNames } from "../command-names.ts";
import type { LearningState } from "../learning/learning-state.ts";
import { tell } from "../messages/tell.ts";

const offeredKey = "idiolect.firstRoundOffered";

/**
 * Offers a round of questions once in the life of an installation: when the first learning has ended that may bring a
 * tone. Whoever writes in a language whose tone is not read is asked nothing.
 */
export function offerFirstRound(learning: LearningState, kept: vscode.Memento): vscode.Disposable {
  let wasLearning = false;
  return learning.onChanged((status) => {
    const hasEnded = wasLearning && status.kind === "idle";
    wasLearning = status.kind === "learning" || (wasLearning && status.kind === "paused");
    if (!hasEnded || kept.get(offeredKey) === true) return;
    const wouldHelp = status.writers.some(
      ({ gates, languages }) => gates !== undefined && !gates.tone.open && languages?.hasTagsAlone !== true,
    );
    if (!wouldHelp) return;
    void kept.update(offeredKey, true);
    void tell(
      vscode.l10n.t("Idiolect has read your documents."),
      vscode.l10n.t("With twelve answers about your own sentences it can read tone the way you mean it."),
      {
        title: vscode.l10n.t("A Round of Questions"),
        run: () => vscode.commands.executeCommand(commandNames.round),
      },
    );
  });
}
