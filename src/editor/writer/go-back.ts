import * as vscode from "vscode";
import { requests } from "../../protocol/requests.ts";
import { formatMinuteHere } from "../../words/format.ts";
import type { EditorContext } from "../editor-context.ts";
import { NothingOpenError } from "../errors.ts";
import { t } from "../messages/t.ts";
import { tell } from "../messages/tell.ts";
import { chooseWriter } from "./choose-writer.ts";
import { isVersionNode } from "./writer-nodes.ts";

/** A version of a profile that readings may use. */
export interface VersionChoice {
  readonly writer: string;
  readonly version: string;
  readonly createdMs: number;
}

/** Has readings use another version of the profile. `about`: where it was asked for in the tree, or a choice. */
export async function goBack(context: EditorContext, about?: unknown): Promise<void> {
  const choice = isVersionNode(about) ? about : await chooseVersion(context);
  if (choice === undefined) return;
  const { writer, version, createdMs } = choice;
  await context.server.send(requests.goBack, { writer, version });
  await tell(
    vscode.l10n.t("The version of {0} is used from now on.", formatMinuteHere(createdMs, t)),
    vscode.l10n.t("No version was deleted."),
  );
}

async function chooseVersion(context: EditorContext): Promise<VersionChoice | undefined> {
  const writer = await chooseWriter(context, vscode.l10n.t("Whose profile is to go back?"));
  if (writer === undefined) return undefined;
  const [report] = await context.server.send(requests.report, { writer });
  const others = (report?.profileVersions ?? []).filter(({ isActive, canBeUsed }) => !isActive && canBeUsed);
  if (others.length === 0) {
    throw new NothingOpenError(
      vscode.l10n.t("There is no other version of the profile to go back to."),
      vscode.l10n.t("Each learning makes one; the last five are kept."),
    );
  }
  const items = others.map(({ id, createdMs }) => ({ label: formatMinuteHere(createdMs, t), id, createdMs }));
  const title = vscode.l10n.t("Which version is to be used?");
  const picked = await vscode.window.showQuickPick(items, { title });
  return picked && { writer, version: picked.id, createdMs: picked.createdMs };
}
