import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { ourHover } from "./readings.ts";
import { openText, placeOf, until } from "./workspace.ts";

/** Settings take effect while the editor runs. */
export function settingTests(): void {
  suite("A setting", () => {
    test("says over which sentences hovers tell the tone.", async () => {
      const document = await openText(
        "The bridge is forty metres long.\n\nI love this evening and the sea.\n",
      );
      const count = async (words: string): Promise<number> => {
        const place = placeOf(document, words).translate(0, 2);
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          "vscode.executeHoverProvider",
          document.uri,
          place,
        );
        return hovers.length;
      };
      const shown = async (): Promise<string> =>
        JSON.stringify([(await count("The bridge")) > 0, (await count("I love")) > 0]);
      for (const [written, wanted] of [
        ["clear", [false, true]],
        ["all", [true, true]],
        ["off", [false, false]],
        [true, [false, true]],
        [false, [false, false]],
      ] as const) {
        await set("tone.hover", written);
        const isWanted = async () => ((await shown()) === JSON.stringify(wanted) ? true : undefined);
        await until(`hovers where the setting is ${written}`, isWanted);
      }
      await set("tone.hover", undefined);
    });

    test("is decided otherwise by a language.", async () => {
      const content = "I love this evening and the sea.\n";
      const [markdown, plain] = [await openText(content), await openText(content, "plaintext")];
      const seen = async (document: vscode.TextDocument) =>
        (await ourHover(document, placeOf(document, "I love"))) !== undefined;
      const shown = async () => [await seen(markdown), await seen(plain)].join();
      const isShown = (wanted: string) => async () => ((await shown()) === wanted ? true : undefined);
      await until("hovers in both", isShown("true,true"));
      const configuration = vscode.workspace.getConfiguration("idiolect", { languageId: "plaintext" });
      await configuration.update("tone.hover", "off", vscode.ConfigurationTarget.Global, true);
      await until("hovers in the one alone", isShown("true,false"));
      await configuration.update("tone.hover", undefined, vscode.ConfigurationTarget.Global, true);
    });

    test("gives agents no answer while it is off, as it is at first.", async () => {
      const input = { text: "A walk along the river." };
      await assert.rejects(
        Promise.resolve(vscode.lm.invokeTool("idiolect_tags", { input, toolInvocationToken: undefined })),
      );
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
