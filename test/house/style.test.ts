import { basename } from "node:path";
import { expect, test } from "vitest";
import { projectFiles, readText } from "./project-files.ts";

const files = projectFiles().filter((path) => /^(src|scripts|bench|test)\/.*\.ts$/.test(path));

/** What CONTRIBUTING.md asks for and the linter does not look for; written so that this file does not match itself. */
const refused: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a default export", /^export defaul[t] /m],
  ["a barrel or a list of exports", /^export (\*|type \{|\{)/m],
  ["a spread of an object's own literal, which only shortens lines", /\.\.\.\{/],
];

/** They give a module's names on, whose place they take: */
const passOn: ReadonlySet<string> = new Set([
  // so that nobody loads the library before its telemetry is off;
  "src/graph/onnx-runtime.ts",
  // where there is no editor.
  "test/editor-unit/vscode-stand-in.ts",
]);

test.each(refused)("No file has %s.", (_, pattern) => {
  expect(files.filter((path) => !passOn.has(path) && pattern.test(readText(path)))).toEqual([]);
});

test("No file has a name that fits any file.", () => {
  const vague = /^(utils?|helpers?|misc|common|manager|shared|stuff|types)$/;
  expect(files.filter((path) => vague.test(basename(path, ".ts")))).toEqual([]);
});
