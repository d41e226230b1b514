/*
 * A sentence for the writer that is made where things are learned and measured: in English, with its values apart. So it
 * can be kept, told in the terminal as it is, and said in another language, with figures by its rules, by who shows it.
 */

/** What stands in a sentence as it is, such as a name or a path, or is said in its turn. */
export type SaidValue = string | Figure | SaidLanguage | Said;

/** A language by its code, named in the language of the sentence. */
export interface SaidLanguage {
  readonly language: string;
}

/** `{0}` in the message stands for the first value. */
export interface Said {
  readonly message: string;
  readonly values: readonly SaidValue[];
  /** The message for a count, its first value, that the language takes for one. */
  readonly one?: string | undefined;
}

/** A number, and how it is written. */
export interface Figure {
  readonly value: number;
  readonly digits: number;
  readonly isPercent?: true | undefined;
  /** Also a plus is written. */
  readonly isSigned?: true | undefined;
}

/** What a writer is told of a failure, a refusal or something odd: what it is, and what to do about it. */
export interface Told {
  readonly message: Said;
  readonly advice: Said;
}

export const said = (message: string, ...values: readonly SaidValue[]): Said => ({ message, values });

/** Has two forms, with the count as `{0}`; other values follow. */
export function saidCount(count: number, one: string, other: string, ...values: readonly SaidValue[]): Said {
  return { message: other, one, values: [whole(count), ...values] };
}

export const whole = (value: number): Figure => ({ value, digits: 0 });

/** 0 to 1. */
export const percentage = (share: number): Figure => ({ value: 100 * share, digits: 0, isPercent: true });

/** In English. */
export function inEnglish({ message, one, values }: Said): string {
  const [first] = values;
  const isOne = one !== undefined && typeof first === "object" && "digits" in first && first.value === 1;
  return (isOne ? one : message).replace(/\{(\d+)\}/g, (_, place: string) => {
    const value = values[Number(place)] ?? "";
    if (typeof value === "string") return value;
    if ("language" in value) return languageName(value.language, "en");
    return "message" in value ? inEnglish(value) : writtenFigure(value);
  });
}

/** 'German', for a code such as 'de'; the code where it has no name. */
export function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** One after the other, with commas between them; there is at least one. */
export const saidList = (values: readonly SaidValue[]): SaidValue =>
  values.reduce((list, value) => said("{0}, {1}", list, value));

function writtenFigure({ value, digits, isPercent, isSigned }: Figure): string {
  const sign = value < 0 ? "−" : isSigned ? "+" : "";
  const absolute = Math.abs(value);
  const written = digits === 0 ? Math.round(absolute).toLocaleString("en-US") : absolute.toFixed(digits);
  return `${sign}${written}${isPercent ? " %" : ""}`;
}
