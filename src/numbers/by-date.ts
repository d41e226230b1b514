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
