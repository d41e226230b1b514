import { languageName } from "../said/said.ts";
import { formatPercent } from "./format.ts";
import { type Translate, untranslated } from "./translate.ts";

const english = "en";

/** 'German', for a code such as 'de'; the code where it has no name. */
export const describeLanguage = (code: string, { locale }: Translate = untranslated): string =>
  languageName(code, locale);

/** What to say in place of a tone: 'not English', or 'not read' where English is left out, too. */
export function describeNotRead(languages: readonly string[], t: Translate = untranslated): string {
  return languages.includes(english) ? t("not read") : t("not English");
}

/** Each language once, most frequent first: 'German, French'. */
export function listLanguages(languages: readonly string[], t: Translate = untranslated): string {
  return byFrequency(languages)
    .map((code) => describeLanguage(code, t))
    .join(", ");
}

/** Each language once, most frequent first. */
export function byFrequency(languages: readonly string[]): readonly string[] {
  const counts = [...Map.groupBy(languages, (code) => code)].sort(([, a], [, b]) => b.length - a.length);
  return counts.map(([code]) => code);
}

/** The languages of a corpus, as it is told where it is read or proposed. */
interface LanguagesFound {
  readonly counts: readonly { readonly language: string; readonly words: number; readonly isRead: boolean }[];
  readonly hasTagsAlone: boolean;
}

/** Below this share a language is a few names and quotations. */
const leastShare = 0.01;

/** 'German', or with shares where there are several: 'German 94 %, English 6 %'. Undefined where none was told. */
export function describeLanguages(
  { counts }: LanguagesFound,
  t: Translate = untranslated,
): string | undefined {
  const total = counts.reduce((sum, { words }) => sum + words, 0);
  const named = counts.filter(({ words }) => words >= leastShare * total && words > 0);
  const [only, ...others] = named.map(({ language, words }) => ({
    name: describeLanguage(language, t),
    share: formatPercent(words / total, 0, t),
  }));
  if (only === undefined) return undefined;
  return others.length === 0
    ? only.name
    : [only, ...others].map(({ name, share }) => `${name} ${share}`).join(", ");
}

/** What is learned of a corpus that is not all in languages that are read; undefined where it is. */
export function describeWhatIsLearned(
  { counts, hasTagsAlone }: LanguagesFound,
  t: Translate = untranslated,
): string | undefined {
  const total = counts.reduce((sum, { words }) => sum + words, 0);
  const others = counts.filter(({ isRead, words }) => !isRead && words > 0);
  const state = describeNotRead(
    others.map(({ language }) => language),
    t,
  );
  if (hasTagsAlone) return t("{0}: tags yes, tone and voice no", state);
  const share = others.reduce((sum, { words }) => sum + words, 0) / total;
  return share >= leastShare
    ? t("{0} {1}: of that tags alone", formatPercent(share, 0, t), state)
    : undefined;
}
