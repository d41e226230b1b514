import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { openPost, openText, placeOf, until } from "./workspace.ts";

/** Completions and the code action for tags. */
export function tagTests(): void {
  suite("Tags", () => {
    test("complete inside a flow list of front matter, in the writer's own spelling.", async () => {
      const document = await openText("---\ntitle: High water\ntags: [t]\n---\n\nThe river came up.\n");
      const labels = await completions(document, "[t", 2);
      assert.ok(labels.includes("tides"), labels.join(", "));
    });

    test("complete after # in prose and not in a heading.", async () => {
      const document = await openText("# t\n\nThe river came up again. #t\n");
      const labels = await completions(document, "#t\n", 2);
      assert.ok(labels.includes("tides"), labels.join(", "));
      assert.deepEqual(await offered(document, new vscode.Position(0, 3)), []);
    });

    test("are suggested by a code action where front matter has none.", async () => {
      const document = await openPost("draft.md");
      const action = await until("the code action", async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          "vscode.executeCodeActionProvider",
          document.uri,
          new vscode.Range(1, 0, 1, 0),
        );
        return actions.find(({ command }) => command?.command === "idiolect.suggestTags");
      });
      assert.match(action.title, /tags/i);
    });
  });
}

export async function completions(
  document: vscode.TextDocument,
  words: string,
  ahead: number,
): Promise<readonly string[]> {
  const place = placeOf(document, words).translate(0, ahead);
  return await until(`completions at ${words}`, async () => {
    const labels = await offered(document, place);
    return labels.length === 0 ? undefined : labels;
  });
}

/** Without the snippets that the editor itself has for Markdown. */
async function offered(document: vscode.TextDocument, place: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    place,
  );
  return list.items
    .filter(({ kind }) => kind !== vscode.CompletionItemKind.Snippet)
    .map(({ label }) => (typeof label === "string" ? label : label.label))
    .map((label) => label.replace(/^#/, ""));
}
