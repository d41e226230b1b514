interface Dated {
  readonly id: string;
  readonly timeMs: number;
}

/** Documents in order of date; ties by file name (code units, so the order is the same everywhere). */
export function byDate<Document extends Dated>(documents: readonly Document[]): Document[] {
  return [...documents].sort((a, b) => a.timeMs - b.timeMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The oldest `floor(share · n)` documents, and the later ones. */
export function splitByDate<Document extends Dated>(
  documents: readonly Document[],
  share = 0.7,
): { readonly earlier: Document[]; readonly later: Document[] } {
  const ordered = byDate(documents);
  const count = Math.floor(share * ordered.length);
  return { earlier: ordered.slice(0, count), later: ordered.slice(count) };
}

/**
 * The time that stands for a missing date: just before the oldest date there is, so that documents without a date come
 * first, as the store lists them, whatever is measured on them.
 */
export function undatedMs(dates: Iterable<number | undefined>): number {
  let oldest = Infinity;
  for (const date of dates) oldest = Math.min(oldest, date ?? Infinity);
  return oldest === Infinity ? 0 : oldest - 1;
}
