import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { openText, placeOf, until } from "./workspace.ts";

const sentence = "I love this evening and the sea.";

/** Hovers, as any extension or person may ask for them. */
export function readingTests(): void {
  suite("A hover", () => {
    test("on a sentence reads its tone.", async () => {
      const document = await openText(`${sentence}\n`);
      assert.match(await hoverText(document, sentence), /\*\*(?:very )?positive, .*sure\*\*/);
    });

    test("names no command that a document could have put there.", async () => {
      const document = await openText(
        "I love it so [now](command:workbench.action.quit) and <b>ever</b> ![](https://example.invalid/x.png).\n",
      );
      const text = await hoverText(document, "I love it");
      const commands = [...text.matchAll(/command:([\w.]+)/g)].map(([, name]) => name);
      assert.deepEqual(
        commands.filter((name) => name?.startsWith("idiolect.") !== true),
        [],
      );
      assert.doesNotMatch(text, /!\[|<b>|\]\(https?:/);
    });

    test("stays away from code, headings and front matter.", async () => {
      const document = await openText(
        "---\ntitle: I hate this\n---\n\n# I hate this heading\n\n```\nI hate this code.\n```\n\nI love this evening.\n",
      );
      await hoverText(document, "I love this evening");
      for (const words of ["title: I hate", "I hate this heading", "I hate this code"]) {
        assert.equal(await ourHover(document, placeOf(document, words)), undefined, words);
      }
    });
  });
}

export async function hoverText(document: vscode.TextDocument, words: string): Promise<string> {
  const place = placeOf(document, words);
  return await until(`a hover on ${words}`, () => ourHover(document, place));
}

/** Texts of all hovers at a place; undefined where there is none. */
export async function ourHover(
  document: vscode.TextDocument,
  place: vscode.Position,
): Promise<string | undefined> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    place.translate(0, 2),
  );
  const texts = hovers.flatMap(({ contents }) =>
    contents.map((content) => (typeof content === "string" ? content : content.value)),
  );
  return texts.length === 0 ? undefined : texts.join("\n");
}
