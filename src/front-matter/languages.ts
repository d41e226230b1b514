/** Languages that are looked for by their name. */
const WRITTEN_LANGUAGES: readonly string[] =
  "ar bg bn ca cs da de el en es et fa fi fr ga gl he hi hr hu id is it ja ko lt lv ms nb nl nn pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur vi zh".split(
    " ",
  );

/** The code of a language called by its name, in English or in itself: 'French', 'Français'. */
export function languageNamed(name: string): string | undefined {
  return namesOfLanguages().get(name.trim().toLowerCase());
}

let names: ReadonlyMap<string, string> | undefined;

function namesOfLanguages(): ReadonlyMap<string, string> {
  names ??= new Map(WRITTEN_LANGUAGES.flatMap((code) => [nameIn("en", code), nameIn(code, code)]));
  return names;
}

function nameIn(locale: string, code: string): readonly [string, string] {
  const name = new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
  return [name.toLowerCase(), code];
}

/** 'en_US', 'eng' and 'EN' are all 'en'; undefined for what is no language tag. */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    const { language } = new Intl.Locale(tag.trim().replaceAll("_", "-"));
    return language.length <= 3 ? language : undefined;
  } catch {
    return undefined;
  }
}
