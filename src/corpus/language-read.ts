import { canonicalLanguage, languageNamed } from "../front-matter/languages.ts";

/** What the shipped model reads. */
const LANGUAGES_OF_MODEL: readonly string[] = ["en"];
/** In a list of languages: whichever it is. */
const ANY_LANGUAGE = "*";

/**
 * Whether text in a language is read for its tone, and learned.
 * @param language undefined: nobody has told it
 * @param chosen codes or names ('de', 'German') that somebody insists on, `*` for all; empty: what the model reads
 */
export function isLanguageRead(language: string | undefined, chosen: readonly string[] = []): boolean {
  if (language === undefined || chosen.includes(ANY_LANGUAGE)) return true;
  const read = chosen.length === 0 ? LANGUAGES_OF_MODEL : chosen.map((name) => languageCode(name) ?? name);
  return read.includes(language);
}

/** The code of a language that is written as code or name; undefined for what is neither. */
export function languageCode(written: string): string | undefined {
  const name = written.trim();
  return name === ANY_LANGUAGE ? name : (languageNamed(name) ?? canonicalLanguage(name));
}
