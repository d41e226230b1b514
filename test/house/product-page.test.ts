import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { projectFiles, readText, repository } from "./project-files.ts";

const page = readText("docs/product.md");

const menu = z.array(z.object({ command: z.string(), when: z.string().optional() }));
const menuNames = ["commandPalette", "editor/context", "view/title", "view/item/context"] as const;
const { contributes } = z
  .object({
    contributes: z.object({
      commands: z.array(z.object({ command: z.string(), title: z.string() })),
      menus: z.strictObject({
        commandPalette: menu,
        "editor/context": menu,
        "view/title": menu,
        "view/item/context": menu,
      } satisfies Record<(typeof menuNames)[number], typeof menu>),
      views: z.record(z.string(), z.array(z.object({ id: z.string() }))),
      keybindings: z.array(z.object({ key: z.string() })),
      walkthroughs: z.array(z.object({ id: z.string() })),
      languageModelTools: z.array(z.object({ name: z.string() })),
      configuration: z.object({
        properties: z.record(z.string(), z.object({ scope: z.string() })),
      }),
    }),
  })
  .parse(JSON.parse(readText("package.json")));
const sentences: Readonly<Record<string, string>> = JSON.parse(readText("package.nls.json"));

/** How the page calls the menus; the palette has each command but those that say otherwise. */
const placeNames = {
  "editor/context": "menu of the text",
  "view/title": "head of the view",
  "view/item/context": "row of the view",
} as const;
const scopeNames: Readonly<Record<string, string>> = {
  machine: "you alone",
  resource: "you, a workspace, a folder",
  "language-overridable": "you, a workspace, a folder, a language",
};

/** The cells of the rows below a head that begins with these words; the proof is left out. */
function rowsBelow(head: string): readonly (readonly string[])[] {
  const [, table = ""] = page.split(`\n| ${head} |`);
  const [whole = ""] = table.split("\n\n");
  return whole
    .split("\n")
    .slice(2)
    .filter((line) => line !== "")
    .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));
}

const linked = [...page.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, name = "", target = ""]) => ({
  name,
  target,
}));
const proofs = linked.filter(({ target }) => target.startsWith("../test/"));

/** Whether the file has a test, or a group of tests, of this name. */
function isTestOf(file: string, name: string): boolean {
  const path = join("test", file);
  if (!existsSync(join(repository, path))) return false;
  const text = readText(path);
  const openings = [`"${name}"`, `\`${name}\``, `\`${name}\${`];
  return openings.some((opening) =>
    text
      .split(opening)
      .slice(0, -1)
      .some((before) => /\b(?:test|it|describe|suite)\b[^;]*\(\s*$/.test(before)),
  );
}

describe("docs/product.md", () => {
  test("names only tests that there are.", () => {
    expect(proofs.length).toBeGreaterThan(100);
    const missing = proofs.filter(({ name, target }) => !isTestOf(target.slice("../test/".length), name));
    expect(missing).toEqual([]);
  });

  test("has a proof in each row.", () => {
    const rows = page.split("\n").filter((line) => /^\| (?!---)/.test(line) && !/ proof \|/.test(line));
    expect(rows.filter((row) => !/\]\(\.\.\/test\//.test(row))).toEqual([]);
  });

  test("links to pictures that there are, by their names.", () => {
    const pictures = linked.filter(({ target }) => target.startsWith("images/"));
    expect(pictures.length).toBeGreaterThan(5);
    const wrong = pictures.filter(
      ({ name, target }) => target !== `images/${name}.png` || !existsSync(join(repository, "docs", target)),
    );
    expect(wrong).toEqual([]);
  });

  test("has each command of the manifest with its title and its menus, and no other.", () => {
    const { commands, menus } = contributes;
    const expected = commands.map(({ command, title }) => {
      const isHidden = menus.commandPalette.some((item) => item.command === command && item.when === "false");
      const places = Object.entries(placeNames).flatMap(([name, place]) =>
        menus[name as keyof typeof placeNames].some((item) => item.command === command) ? [place] : [],
      );
      const offered = [...(isHidden ? [] : ["palette"]), ...places].join(", ");
      return [`\`${command}\``, sentences[title.replaceAll("%", "")], offered];
    });
    expect(rowsBelow("command").map((cells) => cells.slice(0, 3))).toEqual(expected);
  });

  test("has each view, key, walkthrough and tool for agents, and no other.", () => {
    const { views, keybindings, walkthroughs, languageModelTools } = contributes;
    const expected = [
      ...Object.values(views).flatMap((list) => list.map(({ id }) => id)),
      ...keybindings.map(({ key }) => key),
      ...walkthroughs.map(({ id }) => id),
      ...languageModelTools.map(({ name }) => name),
    ];
    expect(rowsBelow("part").map(([cell]) => cell)).toEqual(expected.map((name) => `\`${name}\``));
  });

  test("has each setting with who may decide it, and no other.", () => {
    const expected = Object.entries(contributes.configuration.properties).map(([name, { scope }]) => [
      `\`${name}\``,
      scopeNames[scope],
    ]);
    expect(rowsBelow("setting").map((cells) => cells.slice(0, 2))).toEqual(expected);
  });
});

test("A name that no test has, and one that only stands in a file, are found.", () => {
  const file = "house/product-page.test.ts";
  expect(isTestOf(file, "names only tests that there are.")).toBe(true);
  expect(isTestOf(file, "names only tests that there are")).toBe(false);
  expect(isTestOf(file, "menu of the text")).toBe(false);
  expect(isTestOf("house/gone.test.ts", "names only tests that there are.")).toBe(false);
});

test("The extension never reloads a window, nor asks for it.", () => {
  const sources = projectFiles().filter((path) => /^src\/(editor|server|webview)\//.test(path));
  const reloading = /reloadWindow|restartExtensionHost|reload the window/i;
  expect(sources.filter((path) => reloading.test(readText(path)))).toEqual([]);
  const said = Object.entries(sentences).filter(([, sentence]) => reloading.test(sentence));
  expect(said).toEqual([]);
});
