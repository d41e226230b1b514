import { expect, test } from "vitest";
import { formats } from "../../src/corpus/formats/formats.ts";
import { proseLanguages } from "../../src/editor/client/prose.ts";
import { readText } from "./project-files.ts";

const quoted = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(" ");
const told = (isSo: boolean) => (isSo ? "yes" : "no");

test("The page of documents has each format as it is, and no other.", () => {
  const expected = formats.map(
    ({ name, endings, languageIds, hasCells, isSearchedFor, holdsTags, tagField }) =>
      `| ${name} | ${quoted(endings)} | ${quoted(languageIds)} | ${told(isSearchedFor)} | ${told(languageIds.length > 0 || hasCells === true)} | ${told(holdsTags || tagField !== undefined)} |`,
  );
  const rows = readText("docs/documents.md")
    .split("\n")
    .filter((line) => /^\| (?!Format|---)/.test(line));
  expect(rows).toEqual(expected);
});

test("The editor knows the languages of all formats, and no other.", () => {
  expect(proseLanguages).toEqual(formats.flatMap(({ languageIds }) => languageIds));
});

test("A format that holds no tags says where to write them by hand.", () => {
  const silent = formats.filter(({ holdsTags, tagsByHand }) => !holdsTags && tagsByHand === undefined);
  expect(silent.map(({ name }) => name)).toEqual([]);
});
