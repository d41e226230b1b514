const ISO_LIKE =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:[Tt]|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(z|utc|gmt|(?:utc|gmt)?[+-]\d{2}:?\d{2}|[a-z]+(?:\/[a-z_]+){1,2})?$/i;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?=$|[\s,])/;
/** As Chinese and Japanese have it. */
const WITH_SIGNS = /^(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日/;
/** Months as German and French write them, without their accents; what comes later here is a month of the same number. */
const MONTHS: readonly RegExp[] = [
  /^(?:januar|janner|jan|janvier|janv)$/,
  /^(?:februar|feber|feb|fevrier|fevr|fev)$/,
  /^(?:marz|maerz|mrz|mar|mars)$/,
  /^(?:april|apr|avril|avr)$/,
  /^(?:mai)$/,
  /^(?:juni|jun|juin)$/,
  /^(?:juli|jul|juillet|juil)$/,
  /^(?:august|aug|aout)$/,
  /^(?:september|sept|sep|septembre)$/,
  /^(?:oktober|okt|octobre|oct)$/,
  /^(?:november|nov|novembre)$/,
  /^(?:dezember|dez|decembre|dec)$/,
];
/** As German and French have it: `Sonntag, den 3. März 2024 um 12:30 Uhr`, `le 1er mars 2024 à 12h30`. */
const DAY_AND_MONTH =
  /^(?:\p{L}+\.?,? ){0,3}?(?:(\d{1,2})(?:\.|er)? ?)?(\p{L}{3,9})\.? (\d{4})(?:,? (?:um |à )?(\d{1,2}) ?[:h.] ?(\d{2})?(?::(\d{2}))?(?: Uhr)?)? ?((?:utc|gmt)?[+-]\d{2}:?\d{2})?$/iu;
/** A stamp of a Zettelkasten, Denote or Org-roam: to the day, the minute or the second. */
const STAMP = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$/;
/** Milliseconds since 1970, as Dendron has them, or seconds; from 2001 on all have as many digits. */
const EPOCH = /^(?:\d{10}|\d{13})$/;
const IN_PATH = /(?:^|[/_. -])(\d{4})([-_/.]?)(\d{2})\2(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?=$|[-_/. ])/g;
/** As Jekyll takes it at the beginning of a file's name, also without leading zeros: `2019-7-4-title.md`. */
const BEFORE_TITLE = /(?:^|\/)(\d{4})-(\d{1,2})-(\d{1,2})(?=[-_. ][^/]*$)/;
/** Around a date: Org's brackets, those of a link to a day's page, and names of the day. */
const AROUND =
  /^[[<]+|[\]>]+$|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?|(?<=\d)(?:st|nd|rd|th)\b/gi;

/**
 * Reads a date as blogs and notes write it: ISO 8601 with or without time and zone, blanks for the T, slashes, words
 * ('Mar 4, 2015', 'Friday, January 5th 2024', RFC 2822, '3. März 2024', '3 mars 2024'), `31.5.2024`, `2024年5月31日`, stamps (`202405311200`) and
 * milliseconds or seconds since 1970. Without a zone it is UTC, as with one that is named after a place. Milliseconds since 1970, or undefined.
 */
export function parseDate(text: string): number | undefined {
  const trimmed = text.trim().replaceAll(AROUND, "").replace(/\s+/g, " ").trim();
  if (EPOCH.test(trimmed)) return Number(trimmed) * (trimmed.length === 10 ? 1000 : 1);
  const iso = ISO_LIKE.exec(trimmed) ?? STAMP.exec(trimmed);
  if (iso !== null) return fromIso(iso);
  const withSigns = WITH_SIGNS.exec(trimmed);
  if (withSigns !== null) return utc(Number(withSigns[1]), Number(withSigns[2]), Number(withSigns[3]));
  const dayFirst = DAY_FIRST.exec(trimmed);
  if (dayFirst !== null) return utc(Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1]));
  const named = withMonth(trimmed);
  if (named !== "unknown") return named;
  // Bare numbers and fragments would be guessed at by Date.parse; a date in words has a year in it.
  if (!/[a-z]/i.test(trimmed) || !/\b\d{4}\b/.test(trimmed)) return undefined;
  const zoned = /(?:\b(?:utc|gmt)|[+-]\d{4})\b/i.test(trimmed);
  const parsed = Date.parse(zoned ? trimmed : `${trimmed} UTC`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** A date whose month has a German or French name; 'unknown' where it has none. */
function withMonth(text: string): number | undefined | "unknown" {
  const [written, day = "1", name = "", year, ...time] = DAY_AND_MONTH.exec(text.normalize("NFC")) ?? [];
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const month = MONTHS.findIndex((pattern) => pattern.test(plain)) + 1;
  if (written === undefined || month === 0) return "unknown";
  return inZone(utc(Number(year), month, Number(day)), time);
}

/** The date in a path: `2019-07-04-title.md`, `2019/07/04/title.md`, `daily.2019.07.04.md`, `201907041530 title.md`. */
export function dateInPath(path: string): number | undefined {
  // The last date in the path is the nearest to the document.
  for (const match of [...path.matchAll(IN_PATH)].toReversed()) {
    const [, year = "", , month = "", day = "", hour = "", minute = "", second = ""] = match;
    const date = parseDate(`${year}${month}${day}${hour}${minute}${second}`);
    if (date !== undefined && isYear(Number(year))) return date;
  }
  const [, year = "", month = "", day = ""] = BEFORE_TITLE.exec(path) ?? [];
  return isYear(Number(year)) ? utc(Number(year), Number(month), Number(day)) : undefined;
}

const isYear = (year: number): boolean => year >= 1900 && year < 2200;

function fromIso(match: RegExpExecArray): number | undefined {
  const [, year, month, day, hour, minute, second, fraction = "0", zone] = match;
  const date = inZone(utc(Number(year), Number(month), Number(day)), [hour, minute, second, zone]);
  return date === undefined ? undefined : date + Math.floor(Number(`0.${fraction}`) * 1000);
}

/** @param time hour, minute, second and zone, as far as they are given */
function inZone(date: number | undefined, time: readonly (string | undefined)[]): number | undefined {
  const [hour = "0", minute = "0", second = "0", zone = "Z"] = time;
  if (date === undefined || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return date + seconds * 1000 - zoneMs(zone);
}

function utc(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A 31st of February would roll over into March.
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

function zoneMs(zone: string): number {
  const offset = /^(?:utc|gmt)?([+-])(\d{2}):?(\d{2})$/i.exec(zone);
  if (offset === null) return 0;
  const [, sign, hours, minutes] = offset;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
