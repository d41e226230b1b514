import { expect, test } from "vitest";
import { languagesFound } from "../../src/corpus/languages-found.ts";

const found = (words: Readonly<Record<string, number>>, chosen?: readonly string[]) =>
  languagesFound(new Map(Object.entries(words)), chosen);

test("Languages come with most words first, and with whether they are read.", () => {
  expect(found({ en: 10, de: 90 }).counts).toEqual([
    { language: "de", words: 90, isRead: false },
    { language: "en", words: 10, isRead: true },
  ]);
});

test("Below a tenth that is read, tags alone are learned, unless somebody chose the languages.", () => {
  expect(found({ de: 95, en: 5 }).hasTagsAlone).toBe(true);
  expect(found({ de: 90, en: 10 }).hasTagsAlone).toBe(false);
  expect(found({ de: 95, en: 5 }, ["en"]).hasTagsAlone).toBe(false);
  expect(found({ de: 95, en: 5 }, ["de"]).hasTagsAlone).toBe(false);
  expect(found({ de: 95, en: 5 }, ["fr"]).hasTagsAlone).toBe(true);
  expect(found({}).hasTagsAlone).toBe(false);
});
