import { expect, test } from "vitest";
import { isLanguageRead, languageCode } from "../../src/corpus/language-read.ts";

test("English is read where nobody chose languages, and what nobody told.", () => {
  expect(["en", "de", undefined].map((language) => isLanguageRead(language))).toEqual([true, false, true]);
  expect(isLanguageRead("de", [])).toBe(false);
});

test("Languages that somebody names are read, and no others.", () => {
  expect(["en", "de", "fr"].map((language) => isLanguageRead(language, ["German", "fr_CA"]))).toEqual([
    ...[false, true, true],
  ]);
  expect(["en", "xx"].map((language) => isLanguageRead(language, ["*"]))).toEqual([true, true]);
});

test("A language is known by its code and by its name.", () => {
  expect(["de", "DE_at", "Deutsch", "German", " de ", "*", "banana bread"].map(languageCode)).toEqual([
    ...["de", "de", "de", "de", "de", "*", undefined],
  ]);
});
