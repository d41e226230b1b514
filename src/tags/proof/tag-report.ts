import { z } from "zod";

/** Earlier versions of Idiolect kept the standard error alone. */
export const meanGainShape = z.object({
  mean: z.number(),
  error: z.number(),
  low: z.number().optional(),
  measured: z.number().optional(),
});

const tagMetricsShape = z.object({
  mrr: z.number(),
  recallAt5: z.number(),
  precisionAt1: z.number(),
  documents: z.number(),
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
