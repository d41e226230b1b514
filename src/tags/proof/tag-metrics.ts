import { z } from "zod";
import { mean } from "../../numbers/mean.ts";
import type { ScoredTag } from "./tag-methods.ts";

/** How well the suggestions for one document meet its true tags. */
export interface DocumentTagScore {
  /** 1 / rank of the first true tag among the suggestions, 0 if there is none. */
  readonly reciprocalRank: number;
  /** Share of the true tags among the first five suggestions. */
  readonly recallAt5: number;
  /** 1 if the first suggestion is a true tag, else 0. */
  readonly precisionAt1: number;
}

/** Means over documents. */
const tagMetricsShape = z.object({
  mrr: z.number(),
  recallAt5: z.number(),
  precisionAt1: z.number(),
  documents: z.number(),
});

export type TagMetrics = Readonly<z.infer<typeof tagMetricsShape>>;

/** Scores suggestions (best first) against the true tags; undefined where there is no true tag. */
export function scoreSuggestions(
  suggestions: readonly ScoredTag[],
  trueTags: ReadonlySet<string>,
): DocumentTagScore | undefined {
  if (trueTags.size === 0) return undefined;
  const first = suggestions.findIndex(({ tag }) => trueTags.has(tag));
  const hits = suggestions.slice(0, 5).filter(({ tag }) => trueTags.has(tag)).length;
  return {
    reciprocalRank: first < 0 ? 0 : 1 / (first + 1),
    recallAt5: hits / trueTags.size,
    precisionAt1: first === 0 ? 1 : 0,
  };
}

/** The means of the documents' scores. */
export function meanTagMetrics(scores: readonly DocumentTagScore[]): TagMetrics {
  return {
    mrr: mean(scores.map(({ reciprocalRank }) => reciprocalRank)),
    recallAt5: mean(scores.map(({ recallAt5 }) => recallAt5)),
    precisionAt1: mean(scores.map(({ precisionAt1 }) => precisionAt1)),
    documents: scores.length,
  };
}

/** Earlier versions of Idiolect kept the standard error alone. */
export const meanGainShape = z.object({
  mean: z.number(),
  error: z.number(),
  low: z.number().optional(),
  measured: z.number().optional(),
});

/** Suggestions for the newest 30 % of the tagged documents, each from all before it. */
export const tagReportShape = z.object({
  /** Held-out documents with a tag that occurs earlier. */
  documents: z.number(),
  known: z.object({
    idiolect: tagMetricsShape,
    mostFrequent: tagMetricsShape,
    embeddingKnn: tagMetricsShape,
  }),
  /** Whether vectors under the writer's prompts are part of the blend. */
  usesPrompts: z.boolean(),
  /** Tags that were taken from suggestions and therefore prove nothing; they are left out of these figures. */
  acceptedTags: z.number().optional(),
  /** What they add to recall at 5. */
  promptGain: meanGainShape.optional(),
});

export type TagReport = Readonly<z.infer<typeof tagReportShape>>;
