import { z } from "zod";
import { type Figure, inEnglish, percentage, type Said, said, saidCount } from "../../said/said.ts";
import { saidShape } from "../../said/said-shapes.ts";
import { bandScore, type DocumentLosses, type LossBand, meanOf } from "./loss-band.ts";
import { type TagDrift, tagDriftShape } from "./tag-drift.ts";

/** What new documents are measured against, kept with a profile version. */
export const driftBaselineShape = z.object({
  /** Of own − shared loss on held-out documents. */
  band: z
    .object({
      documents: z.number(),
      mean: z.number(),
      error: z.number(),
      between: z.number(),
      within: z.number(),
    })
    .optional(),
});

export type DriftBaseline = Readonly<z.infer<typeof driftBaselineShape>>;

/** How new documents fit a profile version. */
export const driftReportShape = z.object({
  /** New documents with prose. */
  documents: z.number(),
  hasDrifted: z.boolean(),
  /** In words; in English, and with their values apart. */
  reason: z.string(),
  said: saidShape.optional(),
  language: z
    .object({
      /** Mean of own − shared loss on the new documents, and of the band; nats. Below 0 the writer's prompts help. */
      difference: z.number(),
      expected: z.number(),
      /** Highest cumulative sum, in standard deviations, and where it becomes an alarm. */
      sum: z.number(),
      limit: z.number(),
      /** Path of the document at which the sum passed the limit. */
      since: z.string().optional(),
    })
    .optional(),
  tags: tagDriftShape.optional(),
});

export type DriftReport = Readonly<z.infer<typeof driftReportShape>>;

/** A document that the profile was not learned from, with its own − shared losses. */
export interface NewDocument extends DocumentLosses {
  readonly path: string;
}

/**
 * What is watched is own − shared loss, how much the writer's prompts still help, and not the loss itself: that goes
 * up and down with what a text is about. On chris-wellons' profile the newest posts of three other writers cost as
 * much as his own or less and raise no alarm by their loss; by the difference all three do, at two to six times the
 * limit, and 14 newer posts of his own stay at an eighth of it.
 *
 * Page's cumulative sum (Page 1954, Continuous inspection schemes, Biometrika 41): S = max(0, S + z − k). It
 * adds up what lies above the band, so a small shift that lasts counts as much as one large document. k and h are the
 * about the usual ones for a lasting shift of one standard deviation; k grows with the error of the band's mean, so that a band of
 * few documents does not call much unusual. At most 4 % of writers are alarmed within forty documents like those
 * before, from bands of 6 documents to bands of 40 (docs/evaluation.md).
 */
const allowance = 0.5;
/** Standard errors of the band's mean that count against an alarm. */
const meanErrors = 2.5;
const alarmLimit = 5.5;

/** @param documents in order of time */
export function judgeDrift(
  baseline: DriftBaseline,
  documents: readonly NewDocument[],
  tags?: TagDrift,
): DriftReport {
  const language = baseline.band && languageDrift(baseline.band, documents);
  const why = describe(documents.length, language, tags);
  const hasDrifted = language?.since !== undefined || tags?.isUnusual === true;
  return {
    documents: documents.length,
    hasDrifted,
    reason: inEnglish(why),
    said: why,
    language,
    tags,
  };
}

function languageDrift(band: LossBand, documents: readonly NewDocument[]): DriftReport["language"] {
  const mean = meanOf(documents.flatMap(({ passages }) => passages));
  if (mean === undefined) return undefined;
  let [sum, highest] = [0, 0];
  let since: string | undefined;
  for (const document of documents) {
    const score = bandScore(band, document);
    if (score !== undefined) {
      sum = Math.max(0, sum + score.above - Math.hypot(allowance, meanErrors * score.error));
    }
    highest = Math.max(highest, sum);
    if (sum > alarmLimit) since ??= document.path;
  }
  return { difference: mean.loss, expected: band.mean, sum: highest, limit: alarmLimit, since };
}

function describe(documents: number, language: DriftReport["language"], tags: DriftReport["tags"]): Said {
  if (documents === 0) return said("there are no new documents since the profile was learned");
  const what = saidCount(documents, "{0} new document", "{0} new documents");
  const [first, second] = [language && describeLanguage(language), tags && describeTags(tags)].filter(
    (part) => part !== undefined,
  );
  if (first === undefined) return said("{0}, too few to judge", what);
  return second === undefined ? said("{0}: {1}", what, first) : said("{0}: {1}; {2}", what, first, second);
}

function describeLanguage({
  difference,
  expected,
  sum,
  limit,
  since,
}: NonNullable<DriftReport["language"]>): Said {
  const verdict =
    since === undefined
      ? said("the language fits the profile")
      : said("the language no longer fits the profile: learn again");
  const nats = (value: number): Figure => ({ value, digits: 3, isSigned: true });
  return said(
    "{0} (loss with the writer's prompts less loss with the shared ones: {1} nats, and {2} when learned; cumulative sum {3}, limit {4})",
    verdict,
    nats(difference),
    nats(expected),
    { value: sum, digits: 1 },
    { value: limit, digits: 1 },
  );
}

function describeTags({ uses, unknown, share = unknown / uses, expectedShare, isUnusual }: TagDrift): Said {
  const shares = [percentage(share), percentage(expectedShare)];
  return isUnusual
    ? said("{0} of the tags were never used before, more than the usual {1}", ...shares)
    : said("{0} of the tags were never used before; the usual share is {1}", ...shares);
}
