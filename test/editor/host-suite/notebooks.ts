import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { hoverText, ourHover } from "./readings.ts";
import { completions } from "./tags.ts";
import { placeOf } from "./workspace.ts";

/** Markdown cells of a notebook, each of which is a document of its own. */
export function notebookTests(): void {
  suite("A notebook", () => {
    test("has hovers in its Markdown cells, and none in their headings nor in code.", async () => {
      const [words, code] = await openNotebook("# I hate this\n\nI love this evening and the sea.");
      assert.match(await hoverText(words, "I love this evening"), /\*\*(?:very )?positive, .*sure\*\*/);
      assert.equal(await ourHover(words, placeOf(words, "I hate this")), undefined);
      assert.equal(await ourHover(code, placeOf(code, "I hate")), undefined);
    });

    test("has hashtags completed in its Markdown cells.", async () => {
      const [words] = await openNotebook("The river came up again. #t\n");
      const labels = await completions(words, "#t\n", 2);
      assert.ok(labels.includes("tides"), labels.join(", "));
    });
  });
}

let opened = 0;

/** Opens a notebook of the workspace with a Markdown cell and one of code. */
async function openNotebook(
  markdown: string,
): Promise<readonly [words: vscode.TextDocument, code: vscode.TextDocument]> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, `walk-${opened++}.ipynb`);
  const cells = [
    { cell_type: "markdown", metadata: {}, source: markdown },
    { cell_type: "code", metadata: {}, source: "# I hate this code.", outputs: [], execution_count: null },
  ];
  const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(JSON.stringify(notebook)));
  const document = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(document);
  const [words, code] = document.getCells().map((cell) => cell.document);
  assert.ok(words && code);
  return [words, code];
}
