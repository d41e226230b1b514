import * as vscode from "vscode";
import type { ProposedFolder } from "../../protocol/learner.ts";
import { requests } from "../../protocol/requests.ts";
import { describeNotRead, listLanguages } from "../../words/describe-languages.ts";
import { fewestToneAnswers } from "../../words/report-verdict.ts";
import { settingsOf } from "../client/settings.ts";
import { commandNames } from "../command-names.ts";
import type { EditorContext } from "../editor-context.ts";
import { RefusedError } from "../errors.ts";
import { t } from "../messages/t.ts";
import { offerLog, tell, tellWarning } from "../messages/tell.ts";
import { chooseAuthor, sumAuthors } from "./choose-author.ts";
import { chooseFolders } from "./choose-folders.ts";
import { whyReadsOnly } from "./learning-view.ts";

/** Proposes folders; the writer's OK is the consent, and learning starts with it. */
export async function learn(context: Pick<EditorContext, "server" | "learning">): Promise<void> {
  const { status } = context.learning;
  const readsOnly = whyReadsOnly(status);
  if (readsOnly !== undefined) {
    throw new RefusedError(readsOnly.reason, readsOnly.advice);
  }
  const chosen = await chooseFolders(context);
  if (chosen === undefined) {
    return;
  }
  if (chosen.length === 0) {
    await tell(vscode.l10n.t("No folder was chosen, so nothing is learned."), "");
    return;
  }
  const isFirst = status?.kind === "unlearned";
  const folders = chosen.map(({ folder }) => folder);
  const isSaid = settingsOf(vscode.Uri.file(folders[0]!)).value("author").trim() !== "";
  const whose = isSaid ? {} : await chooseAuthor(sumAuthors(chosen.map(({ authors }) => authors)));
  if (whose === undefined) {
    return;
  }
  const answer = await context.server.send(requests.learn, { folders, ...whose });
  if (answer.kind === "refused") {
    throw new RefusedError(answer.reason, answer.advice);
  }
  if (chosen.every(({ languages }) => languages.hasTagsAlone)) {
    await tellOfTagsAlone(chosen);
  } else if (isFirst) {
    await tellWhatToExpect();
  }
}

/** A writer of another language is not to wait for a tone and a voice that never come. */
async function tellOfTagsAlone(chosen: readonly ProposedFolder[]): Promise<void> {
  const codes = chosen.flatMap(({ languages }) =>
    languages.counts.slice(0, 1).map(({ language }) => language),
  );
  await tell(
    vscode.l10n.t("Learning has begun: tags yes, tone and voice no."),
    vscode.l10n.t(
      "Your texts are {0} ({1}), and Idiolect reads tone in English alone. If that is told wrong, name the languages in the setting idiolect.corpus.languages.",
      describeNotRead(codes, t),
      listLanguages(codes, t),
    ),
  );
}

/** Tags need nothing more; a tone of one's own needs answers, and nobody would guess that. */
async function tellWhatToExpect(): Promise<void> {
  await tell(
    vscode.l10n.t("Learning has begun; tags come first."),
    vscode.l10n.t(
      "Tone is read in general until you have said how you mean about {0} sentences: run 'A Round of Questions', or rest the mouse on a sentence. Moods and ratings in front matter count, too.",
      fewestToneAnswers,
    ),
  );
}

export async function pause({ server, learning }: EditorContext): Promise<void> {
  learning.update(await server.send(requests.pause, {}));
}

export async function resume({ server }: EditorContext): Promise<void> {
  const answer = await server.send(requests.resume, {});
  if (answer.kind === "refused") {
    throw new RefusedError(answer.reason, answer.advice);
  }
}

/** Says why learning failed, and offers to try again; or why there is none on this machine. */
export async function explainFailure({ learning, log }: EditorContext): Promise<void> {
  const { status } = learning;
  if (status?.kind === "readsOnly") {
    await tell(status.reason, status.advice);
    return;
  }
  if (status?.kind === "unopened") {
    await tellWarning(status.reason, status.advice, offerLog(log));
    return;
  }
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
