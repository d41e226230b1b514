import { type Translate, untranslated } from "./translate.ts";

const english = "en";

/** 'German', for a code such as 'de'; the code where it has no name. */
export function describeLanguage(code: string, locale = "en"): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What to say in place of a tone: 'not English', or 'not read' where English is left out, too. */
export function describeNotRead(languages: readonly string[], t: Translate = untranslated): string {
  return languages.includes(english) ? t("not read") : t("not English");
}

/** Each language once, most frequent first: 'German, French'. */
export function listLanguages(languages: readonly string[], locale?: string): string {
  const counts = [...Map.groupBy(languages, (code) => code)].sort(([, a], [, b]) => b.length - a.length);
  return counts.map(([code]) => describeLanguage(code, locale)).join(", ");
}
