import { basename } from "node:path";
import { expect, test } from "vitest";
import { exportedNames, readText, sourceFiles } from "./project-files.ts";

/** Files whose names tell something else than what they export. */
const exceptions: readonly { readonly file: RegExp; readonly why: string; readonly word?: string }[] = [
  { file: /\/errors\.ts$/, why: "the errors of its folder, each named after its cause" },
  { file: /\/main\.ts$/, why: "a program begins here, and exports nothing" },
  { file: /\/extension\.ts$/, why: "VS Code begins here, and prescribes the two names" },
  { file: /^src\/webview\/\w+-view\.ts$/, why: "a panel begins here, and exports nothing" },
  { file: /\.d\.ts$/, why: "named after the module that it declares" },
  { file: /-command\.ts$/, word: "command", why: "named after the command that it adds" },
];

/** The words of a name in kebab or camel case; `readModel` and `read-model` both have 'read' and 'model'. */
function wordsOf(name: string): readonly string[] {
  return (name.match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());
}

const plurals = ["ies", "es", "s"];
const forms = ["ed", "ing", "ation", "er", "r", "d"];

/** A word without the ending of its plural, and of its participle or whoever does it: 'layers' and 'lay' are one. */
function stemOf(word: string): string {
  return [plurals, forms].reduce((stem, endings) => {
    const ending = endings.find((each) => stem.endsWith(each) && stem.length - each.length >= 3) ?? "";
    return stem.slice(0, stem.length - ending.length);
  }, word);
}

/** 'fit' and 'fitted', 'tag' and 'tagging': one begins as the other does. */
function isSameWord(told: string, exported: string): boolean {
  const [a, b] = [stemOf(told), stemOf(exported)];
  return a === b || (b.length > 3 && (a.startsWith(b) || b.startsWith(a)));
}

/** The words of a file's name that nothing it exports has. */
function untoldWords(path: string, source: string): readonly string[] {
  const exception = exceptions.find(({ file }) => file.test(path));
  if (exception !== undefined && exception.word === undefined) return [];
  const exported = exportedNames(source).flatMap(wordsOf);
  return wordsOf(basename(path, ".ts")).filter(
    (word) => word !== exception?.word && !exported.some((other) => isSameWord(word, other)),
  );
}

test("Each file of src is named after what it exports.", () => {
  const untold = sourceFiles.flatMap((path) => {
    const source = readText(path);
    const words = untoldWords(path, source);
    return words.length === 0
      ? []
      : `${path}: nothing is called ${words.map((word) => `'${word}'`).join(" or ")} among ${exportedNames(source).join(", ")}`;
  });
  expect(untold).toEqual([]);
});

test.each([
  ["src/tone/steps.ts", "export function nextShift() {}", ["steps"]],
  ["src/tone/tone-text.ts", "export const toneName = 1;", ["text"]],
  ["src/tone/read-tones.ts", "export class ToneReader {}", []],
  ["src/tone/fit-scale.ts", "export async function fittedScales() {}", []],
  ["src/cli/model-command.ts", "export const addModel = 1;", []],
  ["src/cli/count-command.ts", "export const addModel = 1;", ["count"]],
  ["src/tone/errors.ts", "export class NoLabelError {}", []],
])("Of %s with '%s' the words %j tell nothing.", (path, source, words) => {
  expect(untoldWords(path, source)).toEqual(words);
});

test("Each exception is needed.", () => {
  expect(exceptions.filter(({ file }) => !sourceFiles.some((path) => file.test(path)))).toEqual([]);
});
