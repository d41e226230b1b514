import { describe, expect, test } from "vitest";
import { describeCount } from "../../src/words/describe-counts.ts";
import { describeLanguage } from "../../src/words/describe-languages.ts";
import { describeCounts } from "../../src/words/describe-tone.ts";
import {
  formatBytes,
  formatCount,
  formatDay,
  formatPercent,
  formatSecondsRoughly,
  formatSigned,
} from "../../src/words/format.ts";
import { filledIn, plural, type Translate, translation, untranslated } from "../../src/words/translate.ts";
import { readText } from "../house/project-files.ts";

const into = (language: string): Translate => {
  const bundle: Readonly<Record<string, string>> = JSON.parse(readText(`l10n/bundle.l10n.${language}.json`));
  return translation(language, (message, ...values) => filledIn(bundle[message] ?? message, ...values));
};
const [german, french] = [into("de"), into("fr")];

describe("Counts", () => {
  test.each([
    [untranslated, "0 documents", "1 document", "12,345 documents"],
    [german, "0 Dokumente", "1 Dokument", "12.345 Dokumente"],
    [french, "0 document", "1 document", "12\u202f345 documents"],
  ])("%# They follow the rules of the language: none, one, many.", (t, none, one, many) => {
    expect([0, 1, 12_345].map((count) => describeCount(count, "document", t))).toEqual([none, one, many]);
  });

  test("A sentence with a count takes its other values, too.", () => {
    const counts = { sentences: 24, positive: 1, negative: 0, mixed: 0 };
    expect(describeCounts(counts, german)).toBe("1 von 24 Sätzen hat einen Ton: 1 positiv");
    expect(describeCounts(counts, french)).toBe("1 phrase sur 24 a un ton (positif : 1)");
  });

  test("A language that has more forms gets the last one for them.", () => {
    const polish = translation("pl", filledIn);
    expect([1, 3, 5].map((count) => plural(polish, count, "{0} dom", "{0} domy"))).toEqual([
      "1 dom",
      "3 domy",
      "5 domy",
    ]);
  });
});

test("Figures have the point, comma and grouping of the language.", () => {
  expect(formatCount(1_234_567, german)).toBe("1.234.567");
  expect(formatPercent(0.4251, 1, german)).toBe("42,5 %");
  expect(formatSigned(-0.042, 3, french)).toBe("−0,042");
  expect(formatSigned(-0.0001, 2, french)).toBe("0,00");
  expect(formatBytes(36_100, french)).toBe("36,1 kB");
  expect(formatSecondsRoughly(9000, german)).toBe("2,5 h");
});

test("Days are written as people write them, and in English in the one order that nobody reads otherwise.", () => {
  const day = Date.UTC(2024, 4, 31);
  expect([untranslated, german, french].map((t) => formatDay(day, t))).toEqual([
    "2024-05-31",
    "31.05.2024",
    "31/05/2024",
  ]);
});

test("Languages that are read have their names in the language of the interface.", () => {
  expect([german, french].map((t) => describeLanguage("de", t))).toEqual(["Deutsch", "allemand"]);
});
