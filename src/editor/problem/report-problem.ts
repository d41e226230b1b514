import { readdir, readFile } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { requests } from "../../protocol/requests.ts";
import { settingsOf } from "../client/settings.ts";
import type { EditorContext } from "../editor-context.ts";
import { tell } from "../messages/tell.ts";
import { problemReport } from "./problem-report.ts";
import { type ScrubbedLog, scrubbedLog } from "./scrubbed-log.ts";

/** No report needs more; what the log begins with is long past. */
const mostLogCharacters = 1_000_000;

/**
 * Gathers what helps to find a fault, and shows it in a document that the user may change. Nothing is sent anywhere, and
 * nothing is copied before it was seen.
 */
export async function reportProblem({ server, learning, extension }: EditorContext): Promise<void> {
  const diagnosis = await server.send(requests.diagnosis, {}).catch(() => undefined);
  const content = problemReport({
    versions: versionsOf(extension),
    diagnosis,
    states: [
      ["server", server.state.kind],
      ["learning", learning.status?.kind ?? "not known"],
    ],
    read: settingsOf(undefined).read,
    log: await logOf(extension.logUri),
  });
  // A kind of document that is not read for its tone.
  const document = await vscode.workspace.openTextDocument({ content, language: "log" });
  await vscode.window.showTextDocument(document);
  void tell(
    vscode.l10n.t("This is all that would be in the report, and none of it is text of yours."),
    vscode.l10n.t("Add what happened, and take out what you do not want to show. Nothing is sent by itself."),
    {
      title: vscode.l10n.t("Copy Report"),
      run: () => vscode.env.clipboard.writeText(document.getText()),
    },
  );
}

function versionsOf(extension: vscode.ExtensionContext): readonly (readonly [string, string])[] {
  const { version }: { readonly version: string } = extension.extension.packageJSON;
  const { appName, appHost, remoteName, uiKind } = vscode.env;
  return [
    ["Idiolect", version],
    ["editor", `${appName} ${vscode.version}`],
    ["runs", [appHost, remoteName === undefined ? "local" : "remote", vscode.UIKind[uiKind]].join(", ")],
    ["operating system", `${process.platform} ${release()}`],
    ["Node.js of the editor", process.versions.node],
    ["language", vscode.env.language],
  ];
}

/** The editor writes the log into a folder of this window's. */
async function logOf(folder: vscode.Uri): Promise<ScrubbedLog> {
  const names = await readdir(folder.fsPath).catch(() => []);
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith(".log"))
      .sort()
      .map((name) => readFile(join(folder.fsPath, name), "utf8").catch(() => "")),
  );
  return scrubbedLog(texts.map((text) => text.slice(-mostLogCharacters)).join("\n"));
}
