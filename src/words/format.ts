import { numberFormat, type Translate, untranslated } from "./translate.ts";

/** 12,345 */
export function formatCount(count: number, t: Translate = untranslated): string {
  return numberFormat(t.locale).format(Math.round(count));
}

/** 0.42, with so many digits behind the point or comma of the reader's language */
export function formatNumber(value: number, digits: number, t: Translate = untranslated): string {
  return value.toFixed(digits).replace(".", decimalSign(t));
}

const decimalSign = ({ locale }: Translate): string =>
  numberFormat(locale)
    .formatToParts(0.5)
    .find(({ type }) => type === "decimal")?.value ?? ".";

/** A reason as a sentence of its own: a capital first, a full stop at the end. */
export function asSentence(reason: string): string {
  return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}${/[.!?]$/.test(reason) ? "" : "."}`;
}

/** 1 document, 2 documents */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** 0 to 1 as a percentage: 42 % */
export function formatPercent(share: number, digits = 0, t: Translate = untranslated): string {
  return `${formatNumber(100 * share, digits, t)} %`;
}

/** How far work is, 0 to 1: 100 % is not said before its end. */
export function formatProgress(fraction: number): string {
  return `${Math.floor(100 * fraction)} %`;
}

/** +0.42 or −0.42, with a true minus; what rounds to nothing has no sign. */
export function formatSigned(value: number, digits = 2, t: Translate = untranslated): string {
  const text = formatNumber(Math.abs(value), digits, t);
  return /[1-9]/.test(text) ? `${value < 0 ? "−" : "+"}${text}` : text;
}

/** +0.01 to +0.07 */
export function formatRange(
  { low, high }: { readonly low: number; readonly high: number },
  digits = 2,
  t: Translate = untranslated,
): string {
  return t("{0} to {1}", formatSigned(low, digits, t), formatSigned(high, digits, t));
}

/** +0.04 [+0.01, +0.07] */
export function formatInterval(
  { mean, low, high }: { readonly mean: number; readonly low: number; readonly high: number },
  format: (value: number) => string,
): string {
  return `${format(mean)} [${format(low)}, ${format(high)}]`;
}

/** +0.0420, 95 % interval +0.0101 to +0.0730 */
export function formatDifference(
  interval: { readonly mean: number; readonly low: number; readonly high: number },
  digits: number,
): string {
  return `${formatSigned(interval.mean, digits)}, 95 % interval ${formatRange(interval, digits)}`;
}

/** 812 B, 36.1 kB, 233 MB, in steps of 1,000. */
export function formatBytes(bytes: number, t: Translate = untranslated): string {
  const units = ["B", "kB", "MB", "GB"] as const;
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : formatNumber(value, 1, t)} ${units[unit]}`;
}

/** 8.2 s, 1 min 05 s, 2 h 03 min */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours} h ${twoDigits(minutes)} min` : `${minutes} min ${twoDigits(whole % 60)} s`;
}

/** How long it takes, as somebody would say it: no more exact than an estimate is. */
export function formatSecondsRoughly(seconds: number, t: Translate): string {
  if (seconds < 60) {
    return t("less than a minute");
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? t("{0} min", minutes) : t("{0} h", formatNumber(minutes / 60, 1, t));
}

/** The day that a document is dated, which has no zone of time: 2024-05-31 in English, else as people write it. */
export function formatDay(timeMs: number, t: Translate = untranslated): string {
  return dayIn(timeMs, t, "UTC") ?? new Date(timeMs).toISOString().slice(0, 10);
}

/** The day when something was done here, by this machine's clock: 2024-05-31 */
export function formatDayHere(timeMs: number, t: Translate = untranslated): string {
  const time = new Date(timeMs);
  return (
    dayIn(timeMs, t, undefined) ??
    [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(twoDigits).join("-")
  );
}

/** The minute when something was done here: 2024-05-31 17:05 */
export function formatMinuteHere(timeMs: number, t: Translate = untranslated): string {
  const time = new Date(timeMs);
  return `${formatDayHere(timeMs, t)} ${[time.getHours(), time.getMinutes()].map(twoDigits).join(":")}`;
}

/** 31.05.2024 in German; undefined in English, whose readers put day and month in either order. */
function dayIn(timeMs: number, { locale }: Translate, timeZone: string | undefined): string | undefined {
  if (/^en\b/.test(locale)) return undefined;
  return new Date(timeMs).toLocaleDateString(locale, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    ...(timeZone === undefined ? {} : { timeZone }),
  });
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** A time of day on this machine's clock, as the reader's language writes it. */
export function formatTimeOfDay(ms: number, t: Translate = untranslated): string {
  return new Date(ms).toLocaleTimeString(t.locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
