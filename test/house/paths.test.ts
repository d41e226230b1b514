import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { projectFiles, readText, repository } from "./project-files.ts";

const pages = globSync(["README.md", "CONTRIBUTING.md", "docs/*.md"], { cwd: repository });

/** What has a slash and is no path of ours. */
const others: readonly { readonly name: RegExp; readonly what: string }[] = [
  { name: /^(idiolect|textDocument|window|workspace)\/\w+$/, what: "a method of the language server" },
  { name: /^(tone\/prose|voice\/rewrites)/, what: "a data set, which lies beside the checkout" },
  { name: /^(dist|build)\//, what: "built" },
];

const files = projectFiles();
const folders = files.flatMap((path) =>
  path.split("/").map((_, depth, parts) => parts.slice(0, depth).join("/")),
);
const known: ReadonlySet<string> = new Set([...files, ...folders]);

/** Code of ours, but for these tests, whose examples name what is not there. */
const code = [...known].filter(
  (path) => /\.(ts|[cm]js|css|py)$/.test(path) && !path.startsWith("test/house/"),
);

/** A page may leave out `src/` or `test/` and the ending of a test, and names a file or folder of any place by its last name. */
function exists(path: string): boolean {
  const named = path.replace(/\/\*?$/, "");
  const isWhole = ["", "src/", "test/"].some((start) =>
    ["", ".ts", ".test.ts", ".whole.test.ts"].some((ending) => known.has(`${start}${named}${ending}`)),
  );
  return isWhole || (!named.includes("/") && [...known].some((each) => each.endsWith(`/${named}`)));
}

/** Whether a word in backticks is meant as a path of ours. */
function isPath(word: string): boolean {
  const hasForm = /^\w[\w.-]*(\/[\w.-]+)*(\/\*?)?$/.test(word);
  return (
    hasForm &&
    (word.includes("/") || /\.(ts|[cm]js)$/.test(word)) &&
    !others.some(({ name }) => name.test(word))
  );
}

/** The paths in backticks of a line. In a row that begins with a folder, a single name is of a folder in there. */
function pathsOfLine(line: string): readonly string[] {
  const words = [...line.matchAll(/`([^`~$][^`]*)`/g)]
    .flatMap(([, code]) => code!.split(/\s+/))
    .filter(isPath);
  const above = line.match(/^\| `([\w/-]+)` \|/)?.[1];
  if (above === undefined || !known.has(above)) return words;
  return words.map((word) => (/^[\w-]+\/$/.test(word) ? folderBelow(above, word.slice(0, -1)) : word));
}

function folderBelow(above: string, name: string): string {
  const found = folders.find((path) => path.startsWith(`${above}/`) && path.endsWith(`/${name}`));
  return found ?? `${above}/${name}`;
}

/** In blocks of code, those that begin with a folder of our code; readers' own files stand there, too. */
function pathsOfBlock(block: string): readonly string[] {
  return block.match(/(?<![\w./-])(?:src|test|scripts|bench)\/[\w./-]*\w/g) ?? [];
}

function namedPaths(page: string): readonly string[] {
  const block = /^```.*?^```/gms;
  const lines = page.replaceAll(block, "").split("\n");
  return [...lines.flatMap(pathsOfLine), ...(page.match(block) ?? []).flatMap(pathsOfBlock)];
}

test.each(pages)("The files and folders of ours that %s names exist.", (page) => {
  const missing = namedPaths(readText(page)).filter((path) => !exists(path));
  expect([...new Set(missing)]).toEqual([]);
});

test("The files of ours that code names with their whole paths exist.", () => {
  const missing = code.flatMap((path) => {
    const named =
      readText(path).match(
        /(?<![\w./-])(src|test|scripts|bench|docs)\/[\w/.-]+\.(ts|md|[cm]js|json|py)\b/g,
      ) ?? [];
    return named.filter((each) => !known.has(each)).map((each) => `${each} in ${path}`);
  });
  expect(missing).toEqual([]);
});

test.each([
  ["`corpus/dates.ts` and `test/corpus/dates.test.ts` and `corpus/dates`", []],
  [
    "`src/corpus/gone.ts`, `gone.ts`, `gone/dates` and `corpus/gone`",
    ["src/corpus/gone.ts", "gone.ts", "gone/dates", "corpus/gone"],
  ],
  ["| `src/corpus` | `formats/`, `optimiser/` |", ["src/corpus/optimiser"]],
  ["`node scripts/gone.ts --out here`", ["scripts/gone.ts"]],
  ["```\nnode scripts/gone.ts my/notes\n```\n", ["scripts/gone.ts"]],
  ["`idiolect/teach`, `dist/cli.js`, `~/notes`, `@types/node`, `**/*.md`", []],
])("In %j the paths %j are missing.", (text, missing) => {
  expect(namedPaths(text).filter((path) => !exists(path))).toEqual(missing);
});
