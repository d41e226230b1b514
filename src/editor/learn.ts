import * as vscode from "vscode";
import { requests } from "../protocol/editor-messages.ts";
import { chooseFolders } from "./choose-folders.ts";
import type { EditorContext } from "./editor-context.ts";
import { RefusedError } from "./errors.ts";
import { tell } from "./tell.ts";

/** Proposes folders; the writer's OK is the consent, and learning starts with it. */
export async function learn(context: EditorContext): Promise<void> {
  const folders = await chooseFolders(context);
  if (folders === undefined) {
    return;
  }
  if (folders.length === 0) {
    await tell(vscode.l10n.t("No folder was chosen, so nothing is learned."), "");
    return;
  }
  const answer = await context.server.send(requests.learn, { folders });
  if (answer.kind === "refused") {
    throw new RefusedError(answer.reason, answer.advice);
  }
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
