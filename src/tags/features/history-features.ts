import type { FeatureGroup, TagQuery } from "../tag-query.ts";

const msPerDay = 86_400_000;
const decay = 0.5;
const windowDocuments = [10, 30];
const fadeDocuments = 20;

type Measure = (uses: readonly number[], query: TagQuery, ages: Float64Array) => number;

/** `ages[place]` = documents that count between that place and now. */
const measures: Readonly<Record<string, Measure>> = {
  logCount: (uses) => Math.log(uses.length),
  usedOnce: (uses) => (uses.length === 1 ? 1 : 0),
  recencyDocuments: (uses, _query, ages) => -Math.log1p(ages[uses.at(-1)!]!),
  recencyDays: (uses, { document, memory }) =>
    -Math.log1p(Math.max(0, (document.timeMs - memory.documentAt(uses.at(-1)!).timeMs) / msPerDay)),
  baseLevel: (uses, { document, memory }) =>
    activation(
      uses.map((place) => memory.documentAt(place).timeMs),
      document.timeMs,
    ),
  shareOfLast10: (uses, _query, ages) => shareOfLast(windowDocuments[0]!, uses, ages),
  shareOfLast30: (uses, _query, ages) => shareOfLast(windowDocuments[1]!, uses, ages),
  fading: (uses, _query, ages) =>
    uses.reduce((sum, place) => sum + Math.exp(-ages[place]! / fadeDocuments), 0) / fadeDocuments,
};

/** How often and how lately the writer used a tag, whatever the document says. */
export const historyFeatures: FeatureGroup = {
  names: Object.keys(measures).map((name) => `history.${name}`),
  write(query, columns) {
    const ages = new Float64Array(query.memory.size);
    query.places.forEach((place, at) => {
      ages[place] = query.places.length - 1 - at;
    });
    for (const [name, measure] of Object.entries(measures)) {
      columns.set(
        `history.${name}`,
        Float64Array.from(query.uses, (uses) => measure(uses, query, ages)),
      );
    }
  },
};

function shareOfLast(count: number, uses: readonly number[], ages: Float64Array): number {
  return uses.filter((place) => ages[place]! < count).length / count;
}

/** Base-level activation of memory, `ln Σ max(1, age in days)^-0.5` over the times of use (Anderson and Schooler 1991). */
export function activation(usesMs: readonly number[], nowMs: number): number {
  let sum = 0;
  for (const useMs of usesMs) sum += Math.max(1, (nowMs - useMs) / msPerDay) ** -decay;
  return Math.log(sum);
}
