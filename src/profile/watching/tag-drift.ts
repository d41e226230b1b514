import { z } from "zod";
import { upperPoint } from "../../numbers/intervals.ts";
import { mean, variance } from "../../numbers/mean.ts";
import { tagKeys } from "../../tags/tagged-document.ts";

/** How many tags of new documents the writer had never used before. */
export const tagDriftShape = z.object({
  /** Documents with tags that were looked at, the newest; absent in reports of earlier versions of Idiolect. */
  documents: z.number().optional(),
  uses: z.number(),
  unknown: z.number(),
  /** Share of a document's tags that is unknown on average, and the usual one. */
  share: z.number().optional(),
  expectedShare: z.number(),
  isUnusual: z.boolean(),
});

export type TagDrift = Readonly<z.infer<typeof tagDriftShape>>;

interface Tagged {
  readonly tags: readonly string[];
}

/** More new documents say no more about whether the latest ones fit. */
const mostDocuments = 20;
const fewestDocuments = 5;
/** So many stretches of the writer's own past, end to end, say what is usual. */
const fewestStretches = 3;
/** Share of the known documents, the oldest, in which a writer's tags are still being made. */
const beginning = 0.3;
/** Deviation of a single document, in the unit of `novelty`, that is assumed at least. */
const leastDeviation = 0.3;

/**
 * Whether the newest documents have more tags that the writer never used than stretches of the writer's own past had when
 * they were new. Tags come by document and by series of documents, so stretches of as many documents are compared,
 * not uses: an alarm beyond what one in two hundred such stretches would reach. On ten blogs it is raised in none of 495
 * looks at the writer's own next posts, and for 92 % of other writers within twenty posts (docs/evaluation.md).
 * @param known oldest first, as `fresh`. Undefined where either is too short to say.
 */
export function tagDrift(known: readonly Tagged[], fresh: readonly Tagged[]): TagDrift | undefined {
  const past = known.map(tagKeys).filter(({ length }) => length > 0);
  const start = Math.max(10, Math.round(beginning * past.length));
  const present = fresh.map(tagKeys).filter(({ length }) => length > 0);
  const size = Math.min(mostDocuments, present.length, Math.floor((past.length - start) / fewestStretches));
  if (size < fewestDocuments) return undefined;
  const newest = present.slice(-size);
  const vocabulary = new Set(past.flat());
  const usual = stretches(past, start, size).map(({ before, stretch }) => novelty(stretch, before));
  const apart = Math.floor((past.length - start) / size);
  const expected = mean(usual);
  const deviation = Math.sqrt(variance(usual, 1));
  const error = Math.max(deviation, leastDeviation / Math.sqrt(size)) * Math.sqrt(1 + 1 / apart);
  const found = novelty(newest, vocabulary);
  const uses = newest.flat();
  return {
    documents: size,
    uses: uses.length,
    unknown: uses.filter((key) => !vocabulary.has(key)).length,
    share: Math.sin(found) ** 2,
    expectedShare: Math.sin(expected) ** 2,
    isUnusual: found > expected + upperPoint(apart - 1) * error,
  };
}

/** Stretches of the past, half overlapping, each with all tags that had been used before it. */
function stretches(past: readonly (readonly string[])[], start: number, size: number) {
  const step = Math.max(1, Math.round(size / 2));
  const starts = Array.from(
    { length: Math.floor((past.length - size - start) / step) + 1 },
    (_, at) => start + at * step,
  );
  return starts.map((at) => ({
    before: new Set(past.slice(0, at).flat()),
    stretch: past.slice(at, at + size),
  }));
}

/** Mean share of a document's tags that are unknown, as an angle, in which shares differ alike near 0 and in the middle. */
function novelty(documents: readonly (readonly string[])[], known: ReadonlySet<string>): number {
  const shares = documents.map((keys) => keys.filter((key) => !known.has(key)).length / keys.length);
  return Math.asin(Math.sqrt(mean(shares)));
}
