import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";

export const extensionId = "idiolect.idiolect";

/** The extension under test. Throws where it is not installed. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  if (found === undefined) {
    throw new Error("Idiolect is not installed in this VS Code.");
  }
  return found;
}

/** Opens a file of the workspace. */
export async function openPost(name: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    throw new Error("No folder is open.");
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Opens a text that was never saved, as Markdown where nothing else is said. */
export async function openText(content: string, language = "markdown"): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** Where some words of a document begin. */
export function placeOf(document: vscode.TextDocument, words: string): vscode.Position {
  const offset = document.getText().indexOf(words);
  if (offset < 0) {
    throw new Error(`The document does not hold ${JSON.stringify(words)}.`);
  }
  return document.positionAt(offset);
}

const limitMs = 20_000;

/** Asks again until the answer is there. Throws after 20 seconds, with `what` was waited for. */
export async function until<Answer>(
  what: string,
  ask: () => PromiseLike<Answer | undefined>,
): Promise<Answer> {
  const limit = AbortSignal.timeout(limitMs);
  while (!limit.aborted) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
    await delay(50);
  }
  throw new Error(`In vain waited for ${what}.`);
}
