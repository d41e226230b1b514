import * as vscode from "vscode";
import type { ImportedFile, ImportPreview, ProfileChoice } from "../../protocol/export-file.ts";
import { requests } from "../../protocol/requests.ts";
import { formatCount, formatMinuteHere } from "../../words/format.ts";
import type { EditorContext } from "../editor-context.ts";
import { safeText } from "../messages/safe-text.ts";
import { t } from "../messages/t.ts";
import { tell } from "../messages/tell.ts";
import { exportEnding } from "./export-writer.ts";

/** Takes in what was exported here or elsewhere. */
export async function importFile({ server, learning }: EditorContext): Promise<void> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      filters: { Idiolect: [exportEnding], [vscode.l10n.t("All files")]: ["*"] },
      title: vscode.l10n.t("Import"),
      openLabel: vscode.l10n.t("Import"),
    })) ?? [];
  if (chosen === undefined) return;
  const file = chosen.fsPath;
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t("Importing what was learned");
  const preview = await vscode.window.withProgress({ location, title }, () =>
    server.send(requests.previewImport, { file }),
  );
  const profile = preview.choice && (await chooseProfile(preview, preview.choice));
  if (preview.choice !== undefined && profile === undefined) return;
  const imported = await vscode.window.withProgress({ location, title }, () =>
    server.send(requests.importFile, { file, profile }),
  );
  learning.update(await server.send(requests.status, {}));
  await tell(describeImported(imported), describeProfile(imported));
}

async function chooseProfile(
  { writer }: ImportPreview,
  { hereMs, fileMs }: NonNullable<ImportPreview["choice"]>,
): Promise<ProfileChoice | undefined> {
  const items = [
    {
      label: vscode.l10n.t("Keep using the profile of this machine"),
      description: vscode.l10n.t("learned {0}", formatMinuteHere(hereMs, t)),
      profile: "here" as const,
    },
    {
      label: vscode.l10n.t("Use the profile of the file"),
      description: vscode.l10n.t("learned {0}", formatMinuteHere(fileMs, t)),
      profile: "file" as const,
    },
  ];
  return (
    await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t("{0} was learned on both machines", safeText(writer)),
      placeHolder: vscode.l10n.t(
        "Lessons of both are kept. The other profile stays in the list of versions.",
      ),
      ignoreFocusOut: true,
    })
  )?.profile;
}

function describeImported({ writer, lessons, profileVersions, documents }: ImportedFile): string {
  return vscode.l10n.t(
    "Imported of {0}: {1} lessons, {2} versions of the profile, {3} documents that were not here.",
    safeText(writer),
    formatCount(lessons.added + lessons.completed, t),
    formatCount(profileVersions, t),
    formatCount(documents, t),
  );
}

function describeProfile({ profileInUse }: ImportedFile): string {
  switch (profileInUse) {
    case "here":
      return vscode.l10n.t("The profile of this machine is used as before.");
    case "file":
      return vscode.l10n.t("The profile of the file is used from now on.");
    case undefined:
      return vscode.l10n.t("There is no profile yet: learn from your documents.");
    default:
      return profileInUse satisfies never;
  }
}
