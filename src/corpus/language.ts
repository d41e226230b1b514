import { franc } from "franc-min";
import { type Fields, textField } from "../front-matter/fields.ts";
import { canonicalLanguage, languageNamed } from "../front-matter/languages.ts";

const LANGUAGE_FIELDS: readonly string[] = ["lang", "language", "locale"];
/** Enough text for trigrams to tell languages apart; more only costs time. */
const SAMPLE_CHARACTERS = 1000;
/** Shorter texts are guessed wrong too often. */
const MIN_CHARACTERS = 80;

/**
 * The language of a document: as its front matter says, else as its text looks. ISO 639-1 where there
 * is one, else 639-3; undefined where the text is too short or looks like no known language.
 */
export function languageOf(fields: Fields, plainSentences: readonly string[]): string | undefined {
  const given = textField(fields, LANGUAGE_FIELDS);
  const category = textField(fields, ["category"]);
  return (
    (given === undefined ? undefined : (canonicalLanguage(given) ?? languageNamed(given))) ??
    (category === undefined ? undefined : languageNamed(category)) ??
    detectLanguage(plainSentences)
  );
}

function detectLanguage(plainSentences: readonly string[]): string | undefined {
  let sample = "";
  for (const sentence of plainSentences) {
    if (sample.length >= SAMPLE_CHARACTERS) break;
    sample += `${sentence} `;
  }
  const code = franc(sample.slice(0, SAMPLE_CHARACTERS), { minLength: MIN_CHARACTERS });
  return code === "und" ? undefined : canonicalLanguage(code);
}
