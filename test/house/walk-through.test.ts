import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { exportedNames, importedFiles, readText, sourceFiles } from "./project-files.ts";

const page = "docs/architecture.md";

/** A function, class, constant or method of a class, linked to the file where it stands. */
interface Mention {
  readonly name: string;
  readonly file: string;
}

/** The links of a text whose words are a name of our code. */
function mentionsIn(text: string): readonly Mention[] {
  return [...text.matchAll(/\[`([\w.]+)`\]\(([^)#]+\.ts)\)/g)].map(([, name, target]) => ({
    name: name!,
    file: normalize(join(dirname(page), target!)),
  }));
}

/** Whether a file exports the name, or the class with the method. */
function standsThere({ name, file }: Mention): boolean {
  if (!sourceFiles.includes(file)) return false;
  const source = readText(file);
  const [exported = "", method] = name.split(".");
  const isMethod =
    method === undefined || new RegExp(`^  (?:(?:static|async|get) |\\*)*${method}[(<]`, "m").test(source);
  return exportedNames(source).includes(exported) && isMethod;
}

/** The files that a file imports, and those that these import. */
function reachedFrom(file: string): ReadonlySet<string> {
  const direct = importsOf(file);
  return new Set([file, ...direct, ...direct.flatMap(importsOf)]);
}

const importsOf = (file: string): readonly string[] =>
  sourceFiles.includes(file) ? importedFiles(file, readText(file)) : [];

/** Mentions to which neither a program's first lines lead nor what was mentioned before. */
function unreached(mentions: readonly Mention[]): readonly Mention[] {
  const programs = sourceFiles.filter((path) => path.endsWith("/main.ts"));
  const reached = new Set(programs.flatMap((path) => [...reachedFrom(path)]));
  return mentions.filter(({ file }) => {
    const isReached = reached.has(file);
    for (const each of reachedFrom(file)) reached.add(each);
    return !isReached;
  });
}

const text = readText(page);
/** The sections that follow something through the house. */
const walks = [...text.matchAll(/^## (From [^\n]+)\n(.*?)(?=^## )/gms)].map(
  ([, title, body]) => [title!, body!] as const,
);

test("Two sections follow something through the house.", () => {
  expect(walks.map(([title]) => title)).toEqual(["From a file to a hover", "From a file to a suggestion"]);
});

test("What docs/architecture.md links to by its name stands in the file that it is linked to.", () => {
  const mentions = mentionsIn(text);
  expect(mentions.length).toBeGreaterThan(40);
  expect(mentions.filter((mention) => !standsThere(mention))).toEqual([]);
});

test.each(walks)("'%s' reaches each step from an earlier one.", (_, body) => {
  expect(unreached(mentionsIn(body))).toEqual([]);
});

test.each(walks)("'%s' names no code without a link, and fits a screen.", (_, body) => {
  const unlinked = body.replaceAll(/\[`[^`]+`\]\([^)]*\)/g, "");
  expect(unlinked.match(/`[a-z]+[A-Z]\w*`|`[A-Z][a-z]+[A-Z]\w*`/g) ?? []).toEqual([]);
  expect(body.trim().split("\n").length).toBeLessThanOrEqual(40);
});

test("A name that is nowhere, a private method and a step out of the blue are found.", () => {
  const gone = mentionsIn("[`readMind`](../src/corpus/read-corpus.ts), [`learn`](../src/corpus/gone.ts)");
  const hidden = mentionsIn("[`TagReadings.suggest`](../src/server/tags/tag-readings.ts)");
  expect([...gone, ...hidden].filter(standsThere)).toEqual([]);
  const leap = mentionsIn("[`learn`](../src/learner/learn.ts), [`chooseMask`](../src/learning/masking.ts)");
  expect(leap.filter(standsThere)).toEqual(leap);
  expect(unreached(leap)).toEqual(leap.slice(1));
});
