/** Puts a sentence into the reader's language; `{0}` stands for the first value. */
export interface Translate {
  (message: string, ...values: readonly (string | number)[]): string;
  /** The language that the sentences are in, as BCP 47 names it; figures, days and plurals follow it. */
  readonly locale: string;
}

/** One that says what `say` makes of a sentence. */
export const translation = (locale: string, say: (...sentence: Parameters<Translate>) => string): Translate =>
  Object.assign((...sentence: Parameters<Translate>) => say(...sentence), { locale });

/** What the terminal says, and what the editor says where there is no translation. */
export const untranslated: Translate = translation("en", filledIn);

/** A sentence with its values in their places. */
export function filledIn(message: string, ...values: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (_, place: string) => String(values[Number(place)]));
}

/**
 * The sentence for a count by the rules of the reader's language, which may count 0 as one; both forms have the figure
 * as `{0}`, other values follow. A language with more forms has the last for all the others.
 */
export function plural(
  t: Translate,
  count: number,
  one: string,
  other: string,
  ...values: readonly (string | number)[]
): string {
  const form = pluralRules(t.locale).select(count) === "one" ? one : other;
  return t(form, numberFormat(t.locale).format(Math.round(count)), ...values);
}

/** A language's rules of plurals: made once, for that takes longer than a thousand uses. */
export const pluralRules = madeOnce((locale) => new Intl.PluralRules(locale));

/** How a language writes numbers, made once as well. */
export const numberFormat = madeOnce((locale) => new Intl.NumberFormat(locale));

function madeOnce<Made>(make: (locale: string) => Made): (locale: string) => Made {
  const made = new Map<string, Made>();
  return (locale) => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}
