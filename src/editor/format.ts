import type { Translate } from "./translate.ts";

/** 12,345 */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** +0.42 or −0.42, with a true minus; what rounds to nothing has no sign. */
export function formatSigned(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) {
    return text;
  }
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** 0 to 1 as a whole percentage. */
export function formatPercent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** 812 B, 36 kB, 23.3 MB, in steps of 1,000. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"] as const;
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** How long it takes, as somebody would say it: no more exact than an estimate is. */
export function formatSecondsRoughly(seconds: number, t: Translate): string {
  if (seconds < 60) {
    return t("less than a minute");
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? t("{0} min", minutes) : t("{0} h", (minutes / 60).toFixed(1));
}

/** 2024-05-31, in the time of this machine. */
export function formatDay(timeMs: number): string {
  const time = new Date(timeMs);
  return [time.getFullYear(), time.getMonth() + 1, time.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}
