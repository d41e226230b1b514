import { languageName, type Said, type SaidValue } from "../said/said.ts";
import { formatCount, formatNumber } from "./format.ts";
import { pluralRules, type Translate } from "./translate.ts";

/** What the learner or the reader said, in the reader's language and with its figures. */
export function say({ message, one, values }: Said, t: Translate): string {
  const [first] = values;
  const count = typeof first === "object" && "digits" in first ? first.value : undefined;
  const isOne = one !== undefined && count !== undefined && pluralRules(t.locale).select(count) === "one";
  return t(isOne ? one : message, ...values.map((value) => sayValue(value, t)));
}

/** The reason for something, as far as it is known apart from its English words. */
export function sayReason(
  { reason, said }: { readonly reason: string; readonly said?: Said | undefined },
  t: Translate,
): string {
  return said === undefined ? reason : say(said, t);
}

function sayValue(value: SaidValue, t: Translate): string {
  if (typeof value === "string") return value;
  if ("language" in value) return languageName(value.language, t.locale);
  if ("message" in value) return say(value, t);
  const absolute = Math.abs(value.value);
  const sign = value.value < 0 ? "−" : value.isSigned ? "+" : "";
  const written = value.digits === 0 ? formatCount(absolute, t) : formatNumber(absolute, value.digits, t);
  return `${sign}${written}${value.isPercent ? " %" : ""}`;
}
