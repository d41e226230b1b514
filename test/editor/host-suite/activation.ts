import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { extension, openPost } from "./workspace.ts";

/** What the editor knows of the extension once a prose document is open. */
export function activationTests(): void {
  suite("The installed extension", () => {
    test("becomes active with the first prose document.", async () => {
      await openPost("draft.md");
      await extension().activate();
      assert.equal(extension().isActive, true);
    });

    test("runs as it was packed: no sources, no tests.", async () => {
      const top = await vscode.workspace.fs.readDirectory(extension().extensionUri);
      const names = top.map(([name]) => name);
      assert.deepEqual(
        names.filter((name) => ["src", "test", "bench", "scripts"].includes(name)),
        [],
      );
    });

    test("registers each command of its manifest.", async () => {
      const declared: { command: string }[] = extension().packageJSON.contributes.commands;
      const known = new Set(await vscode.commands.getCommands(true));
      assert.deepEqual(
        declared.map(({ command }) => command).filter((command) => !known.has(command)),
        [],
      );
    });
  });
}
