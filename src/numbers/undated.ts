/**
 * The time that stands for a missing date: just before the oldest date there is, so that documents without a date come
 * first, as the store lists them, whatever is measured on them.
 */
export function undatedMs(dates: Iterable<number | undefined>): number {
  let oldest = Infinity;
  for (const date of dates) oldest = Math.min(oldest, date ?? Infinity);
  return oldest === Infinity ? 0 : oldest - 1;
}
