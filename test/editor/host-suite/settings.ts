import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { openPost, placeOf, until } from "./workspace.ts";

/** Settings take effect while the editor runs. */
export function settingTests(): void {
  suite("A setting", () => {
    test("turns hovers off and on again.", async () => {
      const document = await openPost("draft.md");
      const place = placeOf(document, "Nothing wet.").translate(0, 2);
      const count = async (): Promise<number> => {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          "vscode.executeHoverProvider",
          document.uri,
          place,
        );
        return hovers.length;
      };
      await until("a hover", async () => ((await count()) > 0 ? true : undefined));
      await set("tone.hover", false);
      await until("no hover", async () => ((await count()) === 0 ? true : undefined));
      await set("tone.hover", undefined);
      await until("a hover", async () => ((await count()) > 0 ? true : undefined));
    });

    test("offers agents a tool while it is on, and none before and after.", async () => {
      const offered = () =>
        vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith("idiolect_"));
      assert.deepEqual(offered(), []);
      await set("agents.tags", true);
      await until("a tool", async () => (offered().length > 0 ? true : undefined));
      assert.deepEqual(offered(), ["idiolect_tags"]);
      await set("agents.tags", undefined);
      await until("no tool", async () => (offered().length === 0 ? true : undefined));
    });

    test("that a workspace must not decide is not taken from a workspace.", () => {
      const inspected = vscode.workspace.getConfiguration("idiolect").inspect("storePath");
      assert.equal(inspected?.workspaceValue, undefined);
    });
  });
}

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("idiolect").update(name, value, vscode.ConfigurationTarget.Global);
}
