import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Argument, Option } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exitCodes } from "../../src/cli/errors.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { allCommands } from "./all-commands.ts";
import { idiolect, tinyModel, useOwnCache } from "./run-idiolect.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/cli.md"), "utf8");
const [head = "", ...sections] = page.split(/^### /m);
const bySection = new Map(sections.map((text) => [/^`idiolect (.+)`$/m.exec(text)?.[1] ?? text, text]));

const commands = allCommands();
const sharedRows = rowsOf(head.slice(head.indexOf("## Options of several commands")));

describe("docs/cli.md", () => {
  test("has a section for each command as it is called, and no other.", () => {
    expect([...bySection.keys()]).toEqual(commands.map(({ usage }) => usage));
  });

  test.each(commands)(
    "tells what $usage does, and each of its arguments and options.",
    ({ usage, command }) => {
      const section = bySection.get(usage)!;
      const description = command.description();
      expect(section).toContain(`\n${description[0]!.toUpperCase()}${description.slice(1)}.\n`);

      const also = /^Also: (.*)\.$/m.exec(section)?.[1]?.split(", ") ?? [];
      const shared = sharedRows.filter((row) => also.includes(`\`${/--[\w-]+/.exec(row)?.[0]}\``));
      expect(shared).toHaveLength(also.length);
      const options = command.options.filter(({ hidden }) => !hidden).map(optionRow);
      const expected = [...command.registeredArguments.map(argumentRow), ...options];
      expect([...rowsOf(section), ...shared].toSorted()).toEqual(expected.toSorted());
    },
  );

  test("has no shared option that no command takes.", () => {
    const all = new Set(commands.flatMap(({ command }) => command.options.map(optionRow)));
    expect(sharedRows.filter((row) => !all.has(row))).toEqual([]);
  });

  test("lists the exit codes.", () => {
    const listed = [...head.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual(Object.values(exitCodes));
  });

  test("lists the environment variables that the program reads.", () => {
    const sources = globSync("src/**/*.ts", { cwd: root }).map((path) =>
      readFileSync(join(root, path), "utf8"),
    );
    const read = sources.flatMap((text) =>
      [...text.matchAll(/env\["(IDIOLECT_\w+)"\]/g)].map(([, name]) => name!),
    );
    const listed = [...head.matchAll(/^\| `(IDIOLECT_\w+)` \|/gm)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual([...new Set(read)].toSorted());
  });
});

describe("The JSON of docs/cli.md", () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-page-"));
  const model = tinyModel(folder);
  const blog = writeSmallBlog(join(folder, "blog"));
  const place = ["--store", join(folder, "store")];
  const run = [...place, "--model", model];
  useOwnCache(folder);
  beforeAll(() => idiolect(["learn", blog, ...run]), 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ["learn <folder...>", ["learn", blog, ...run]],
    ["read <file>", ["read", join(blog, "03-boat.md"), ...run]],
    ["tags <file>", ["tags", join(blog, "03-boat.md"), ...run]],
    ["words <file> [word]", ["words", join(blog, "03-boat.md"), "boat", ...run]],
    ["report", ["report", ...run]],
    ["own-words", ["own-words", ...run]],
    ["profile list", ["profile", "list", ...place]],
    ["export <file>", ["export", join(folder, "blog.idiolect"), ...place]],
    [
      "import <file>",
      ["import", join(folder, "blog.idiolect"), "--store", join(folder, "new"), "--model", model],
    ],
    ["model inspect <dir>", ["model", "inspect", model]],
    ["model verify <dir>", ["model", "verify", model]],
    ["model convert <dir>", ["model", "convert", model, "--to", join(folder, "small")]],
    ["model import <dir>", ["model", "import", model, "--name", "kept", ...place]],
    ["lab evaluate tags <folder>", ["lab", "evaluate", "tags", blog, "--model", model]],
    ["forget", ["forget", "--yes", ...place]],
  ])("has the names that %s gives.", async (usage, words) => {
    const { code, json } = await idiolect([...words, "--json"]);
    expect(code).toBe(0);
    const [, names = ""] = /^JSON: `\{ (.*?) \}`/m.exec(bySection.get(usage)!)!;
    const told = names.split(", ");
    const given = Object.keys(json());
    const required = told.filter((name) => !name.endsWith("?"));
    expect(given).toEqual(expect.arrayContaining(required));
    expect(given.filter((name) => !told.includes(name) && !told.includes(`${name}?`))).toEqual([]);
  });

  test("of a failure is as the page says.", async () => {
    expect((await idiolect(["nothing", "--json"])).json()).toEqual({
      version: 1,
      error: { code: 2, message: expect.any(String) },
    });
  });
});

function rowsOf(text: string): string[] {
  return text.split("\n").filter((line) => /^\| `/.test(line));
}

const choicesOf = ({ argChoices }: Pick<Option | Argument, "argChoices">): string =>
  argChoices === undefined ? "" : ` (choices: ${argChoices.join(", ")})`;

function optionRow(option: Option): string {
  const told = `${option.description}${choicesOf(option)}${option.mandatory ? " (required)" : ""}`;
  return `| \`${option.flags}\` | ${told.replaceAll("|", "\\|")} |`;
}

function argumentRow(argument: Argument): string {
  return `| \`${argument.name()}\` | ${argument.description}${choicesOf(argument)} |`;
}
