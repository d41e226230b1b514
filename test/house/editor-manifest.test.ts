import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { agentTools, inputSchemaOf } from "../../src/agents/agent-tools.ts";
import { isProseClause, proseLanguages } from "../../src/editor/client/prose.ts";
import { commandNames, contextKeys, paletteClauses, viewNames } from "../../src/editor/command-names.ts";
import { agentAbilities } from "../../src/protocol/agent-abilities.ts";
import { editorCommands } from "../../src/protocol/commands.ts";
import { type Setting, settings, settingsSection } from "../../src/protocol/settings.ts";
import { readText, repository } from "./project-files.ts";

const text = readText("package.json");

const menuItem = z.object({ command: z.string(), when: z.string().optional() });
const walkthrough = z.object({
  steps: z.array(
    z.object({
      description: z.string(),
      media: z.record(z.string(), z.string()),
      completionEvents: z.array(z.string()).optional(),
    }),
  ),
});
const manifest = z
  .object({
    icon: z.string(),
    extensionKind: z.array(z.string()),
    activationEvents: z.array(z.string()),
    capabilities: z.object({
      untrustedWorkspaces: z.object({ supported: z.literal(true), description: z.string() }),
      virtualWorkspaces: z.object({ supported: z.literal(false), description: z.string() }),
    }),
    contributes: z.object({
      commands: z.array(
        z.object({ command: z.string(), title: z.string(), category: z.string(), icon: z.string() }),
      ),
      menus: z.record(z.string(), z.array(menuItem)),
      walkthroughs: z.array(walkthrough).default([]),
      views: z.record(z.string(), z.array(z.object({ id: z.string() }))),
      viewsContainers: z.object({ activitybar: z.array(z.object({ icon: z.string() })) }),
      viewsWelcome: z.array(z.object({ view: z.string() })),
      keybindings: z.array(menuItem),
      languageModelTools: z.array(
        z.object({
          name: z.string(),
          modelDescription: z.string(),
          inputSchema: z.record(z.string(), z.unknown()),
          when: z.string(),
        }),
      ),
      configuration: z.object({
        properties: z.record(
          z.string(),
          z.object({
            type: z.string(),
            default: z.unknown(),
            scope: z.string(),
            minimum: z.number().optional(),
            maximum: z.number().optional(),
            enum: z.array(z.string()).optional(),
            pattern: z.string().optional(),
          }),
        ),
      }),
    }),
  })
  .parse(JSON.parse(text));
const sentences = z.record(z.string(), z.string()).parse(JSON.parse(readText("package.nls.json")));
const { commands, menus, keybindings, configuration, walkthroughs } = manifest.contributes;
const declared = commands.map(({ command }) => command);
const clauses = [...Object.values(menus), keybindings].flatMap((items) =>
  items.flatMap(({ when }) => when ?? []),
);
const sources = globSync("src/editor/**/*.ts", { cwd: repository }).map((path) => readText(path));

describe("Commands", () => {
  test("The manifest declares the commands of the code, but for those that only our own surfaces call.", () => {
    const offered = Object.values(commandNames).filter((name) => paletteClauses[name] !== "never");
    expect(declared.sort()).toEqual([...offered].sort());
  });

  test("Each command has an icon of the editor's own.", () => {
    expect(commands.filter(({ icon }) => !/^\$\([a-z-]+\)$/.test(icon))).toEqual([]);
  });

  test("The commands that hovers of the server name are commands of the code.", () => {
    expect(Object.values(commandNames)).toEqual(expect.arrayContaining(Object.values(editorCommands)));
  });

  test("The palette hides a command where the code says that it cannot work.", () => {
    const expected = Object.entries(paletteClauses).filter(
      ([, when]) => when !== undefined && when !== "never",
    );
    const actual = (menus["commandPalette"] ?? []).map(({ command, when }) => [command, when]);
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
  });

  test("Menus name only commands that are declared, and offer them only in prose or in our own views.", () => {
    const items = Object.entries(menus).flatMap(([menu, list]) =>
      menu === "commandPalette" ? [] : list.map((item) => ({ ...item, menu })),
    );
    const views = Object.values(viewNames).map((name) => `view == ${name}`);
    expect(items.filter(({ command }) => !declared.includes(command))).toEqual([]);
    const isOfView = ({ menu, when = "" }: (typeof items)[number]) =>
      menu.startsWith("view/") && views.some((clause) => when === clause || when.startsWith(`${clause} && `));
    expect(items.filter((item) => !isOfView(item) && !item.when?.startsWith(isProseClause))).toEqual([]);
  });

  test("The manifest declares the views of the code, each with a word for when it is empty.", () => {
    const declaredViews = Object.values(manifest.contributes.views).flat();
    expect(declaredViews.map(({ id }) => id)).toEqual(Object.values(viewNames));
    expect(manifest.contributes.viewsWelcome.map(({ view }) => view)).toEqual(Object.values(viewNames));
    const icons = manifest.contributes.viewsContainers.activitybar.map(({ icon }) => icon);
    expect(icons.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });
});

describe("Context keys", () => {
  test("Conditions of the manifest ask for keys that the code sets, and for each of them.", () => {
    const ofKeys = clauses.map((clause) => clause.replace(/\bview == [\w.]+/g, ""));
    const asked = new Set(ofKeys.flatMap((clause) => clause.match(/\bidiolect\.\w+/g) ?? []));
    expect([...asked].sort()).toEqual(Object.values(contextKeys).sort());
  });

  test("The code sets keys by their names in the table alone.", () => {
    const set = sources.flatMap((source) => source.match(/"setContext",\s*[^,]+/g) ?? []);
    expect(set.filter((call) => !/"setContext",\s*contextKeys\./.test(call))).toEqual([]);
  });
});

describe("Settings", () => {
  test("The manifest declares the settings of the table, with the same defaults, scopes and bounds.", () => {
    const expected = Object.entries<Setting<unknown>>(settings).map(([name, setting]) => {
      const { default: value, scope, choices, pattern, bounds: { minimum, maximum } = {} } = setting;
      return [`${settingsSection}.${name}`, { default: value, scope, minimum, maximum, choices, pattern }];
    });
    const actual = Object.entries(configuration.properties).map(([name, setting]) => {
      const { default: value, scope, minimum, maximum, pattern, enum: choices } = setting;
      return [name, { default: value, scope, minimum, maximum, choices, pattern }];
    });
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
  });

  test("Whole numbers are whole numbers in the table, too.", () => {
    const whole = Object.entries<Setting<unknown>>(settings).flatMap(([name, { bounds }]) =>
      bounds?.isWhole ? [`${settingsSection}.${name}`] : [],
    );
    const declared = Object.entries(configuration.properties).flatMap(([name, { type }]) =>
      type === "integer" ? [name] : [],
    );
    expect(declared).toEqual(whole);
  });

  test.each(Object.entries(configuration.properties))("%s has a default of its type.", (_, setting) => {
    const types = { array: Array.isArray(setting.default), integer: Number.isInteger(setting.default) };
    const { [setting.type]: isOfType = typeof setting.default === setting.type } = types as Record<
      string,
      boolean
    >;
    expect(isOfType).toBe(true);
  });
});

describe("Tools for agents", () => {
  test("The manifest describes to models what the table does, each behind its setting.", () => {
    const expected = agentAbilities.map((ability) => ({
      name: agentTools[ability].name,
      modelDescription: agentTools[ability].description,
      inputSchema: inputSchemaOf(ability),
      when: `config.${settingsSection}.agents.${ability}`,
    }));
    const actual = manifest.contributes.languageModelTools.map(
      ({ name, modelDescription, inputSchema, when }) => ({ name, modelDescription, inputSchema, when }),
    );
    expect(actual).toEqual(expected);
  });
});

describe("The rest of the manifest", () => {
  test("The extension wakes up for the languages that it reads, and for nothing else.", () => {
    expect(manifest.activationEvents).toEqual(proseLanguages.map((language) => `onLanguage:${language}`));
  });

  test("It runs where the files are, and says what it does in Restricted Mode.", () => {
    expect(manifest.extensionKind).toEqual(["workspace"]);
    expect(sentences["untrusted"]).toContain("never runs code");
  });

  test("Each sentence of the manifest lies in package.nls.json, and no other does.", () => {
    const named = [...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    expect([...new Set(named)].sort()).toEqual(Object.keys(sentences).sort());
  });

  test("Titles and descriptions are named by their keys.", () => {
    const shown = [...text.matchAll(/"(?:title|markdownDescription)": "([^"]*)"/g)].map(([, value]) => value);
    expect(shown.filter((value) => !/^%[\w.]+%$|^Idiolect$/.test(value ?? ""))).toEqual([]);
  });

  test("The files that it names exist.", () => {
    const media = walkthroughs.flatMap(({ steps }) => steps.flatMap((step) => Object.values(step.media)));
    expect([manifest.icon, ...media].filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });

  test("The pictures of walkthroughs exist.", () => {
    const pages = walkthroughs.flatMap(({ steps }) => steps.flatMap(({ media }) => Object.values(media)));
    const pictures = pages.flatMap((page) =>
      [...readText(page).matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, path = ""]) =>
        join(repository, page, "..", path),
      ),
    );
    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures.filter((path) => !existsSync(path))).toEqual([]);
  });

  test("Walkthroughs link to commands that are declared.", () => {
    const links = Object.values(sentences).flatMap((sentence) =>
      [...sentence.matchAll(/\(command:([\w.]+)\)/g)].map(([, command = ""]) => command),
    );
    const events = walkthroughs
      .flatMap(({ steps }) => steps.flatMap(({ completionEvents = [] }) => completionEvents))
      .flatMap((event) => event.match(/^onCommand:(.+)$/)?.[1] ?? []);
    expect([...links, ...events].filter((command) => !declared.includes(command))).toEqual([]);
  });
});
