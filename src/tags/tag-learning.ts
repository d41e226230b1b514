import { z } from "zod";
import { byDate } from "../numbers/by-date.ts";
import { type Gate, gate, isProven, meanGain } from "../numbers/gate.ts";
import { said, whole } from "../said/said.ts";
import { tagKey } from "../text/tag-key.ts";
import type { FeatureSources } from "./features/feature-extractor.ts";
import { mostFitted, nameFittedDocument } from "./fitted-documents.ts";
import { suggestPrequentially } from "./proof/suggest-prequentially.ts";
import { EmbeddingKnn, MostFrequent, type TagMethod } from "./proof/tag-methods.ts";
import {
  type DocumentTagScore,
  meanTagMetrics,
  scoreSuggestions,
  type TagReport,
} from "./proof/tag-metrics.ts";
import { openRankerPrior } from "./ranker/open-ranker-prior.ts";
import type { RankerPrior } from "./ranker/ranker.ts";
import { mostFittedDocuments } from "./ranker/writer-ranker.ts";
import {
  TagSuggester,
  type TagSuggesterOptions,
  type TagSuggesterState,
  usualFirstFitted,
} from "./tag-suggester.ts";
import type { TaggedDocument } from "./tagged-document.ts";

const tagLearnedShape = z.object({
  suggester: z.object({
    version: z.literal(1),
    ranker: z.object({
      version: z.literal(1),
      bias: z.number(),
      features: z.record(
        z.string(),
        z.object({ mean: z.number(), deviation: z.number(), weight: z.number() }),
      ),
    }),
  }),
  /** Whether vectors under the writer's prompts are part of the blend. */
  usesPrompts: z.boolean(),
  /** Names of the newest documents it was fitted on; earlier versions of Idiolect kept none. */
  fittedOn: z.array(z.string()).optional(),
});

/** What is kept of tag learning; the memory is made of the documents anew. */
export type TagLearned = Readonly<z.infer<typeof tagLearnedShape>>;

/** Throws ZodError for what no version has kept. */
export function parseTagLearned(value: unknown): TagLearned {
  return tagLearnedShape.parse(value);
}

/** Suggests by what other writers teach alone. */
export const tagsBeforeLearning: TagLearned = {
  suggester: { version: 1, ranker: openRankerPrior },
  usesPrompts: false,
};

export interface TagLesson {
  readonly learned: TagLearned;
  readonly report: TagReport;
}

export interface TagLessonSources {
  readonly labelVector: NonNullable<FeatureSources["labelVector"]>;
  /** Absent where the writer has no prompts. */
  readonly personalVector?: NonNullable<FeatureSources["personalVector"]>;
  /** What other writers teach; the shipped prior if absent. */
  readonly prior?: RankerPrior;
}

/** A question costs as much as there are documents: more of them would make learning grow with the square. */
const mostMeasured = mostFitted - mostFittedDocuments;

/**
 * Learns tag suggestion from documents in order of time. The newest 30 %, at most 500, are each suggested tags before
 * they are learned, so one pass gives the ranker and its held-out report. Vectors under the writer's
 * prompts enter only where they raise recall at 5 on those documents for sure, by an interval that holds with few. The
 * report counts them from the document on at which those before it had proved them, so that what chose them is not told
 * as what they are worth.
 */
export async function learnTagSuggestion(
  documents: readonly TaggedDocument[],
  { personalVector, ...sources }: TagLessonSources,
  breathe: () => Promise<void>,
): Promise<TagLesson> {
  const options = { ...sources, firstFitted: firstFittedOf(documents.length) };
  const { plain, personal } = await fitAndMeasure(options, personalVector, documents, breathe);
  const [plainScores, personalScores] = [plain.scores, personal?.scores];
  const gains = gainsInRecall(personalScores ?? [], plainScores);
  const promptGain = meanGain(gains);
  const usesPrompts = isProven(gains);
  const scores = plainScores.map((plainScore, at) =>
    isProven(gains.slice(0, at)) ? personalScores![at]! : plainScore,
  );
  const others = [new MostFrequent(), new EmbeddingKnn()];
  const [mostFrequent, embeddingKnn] = await scorePrequentially(others, documents, breathe);
  return {
    learned: {
      suggester: (usesPrompts ? personal! : plain).state,
      usesPrompts,
      fittedOn: byDate(documents).slice(-mostFitted).map(nameFittedDocument),
    },
    report: {
      documents: scores.length,
      known: {
        idiolect: meanTagMetrics(scores),
        mostFrequent: meanTagMetrics(mostFrequent!),
        embeddingKnn: meanTagMetrics(embeddingKnn!),
      },
      usesPrompts,
      acceptedTags: documents.reduce((sum, { accepted }) => sum + (accepted?.size ?? 0), 0),
      ...(promptGain === undefined ? {} : { promptGain }),
    },
  };
}

/** The ranker is fitted on the newest documents alone, so only those that are measured need to have some before them. */
function firstFittedOf(documents: number): number {
  const measured = Math.min(mostMeasured, 0.3 * documents);
  return Math.max(usualFirstFitted, Math.floor(documents - measured) - mostFittedDocuments);
}

interface Measured {
  readonly state: TagSuggesterState;
  readonly scores: readonly DocumentTagScore[];
}

/** Without the writer's prompts, and with them where there are any: both ask the same memory, and are told from one pass. */
async function fitAndMeasure(
  options: TagSuggesterOptions,
  personalVector: TagLessonSources["personalVector"],
  documents: readonly TaggedDocument[],
  breathe: () => Promise<void>,
): Promise<{ readonly plain: Measured; readonly personal: Measured | undefined }> {
  const remembering = new TagSuggester({ ...options, ...(personalVector && { personalVector }) });
  const beside = personalVector && new TagSuggester({ ...options, beside: remembering });
  const suggesters = beside === undefined ? [remembering] : [beside, remembering];
  const scores = await scorePrequentially(suggesters, documents, breathe);
  const [plain, personal] = suggesters.map((suggester, at) => {
    return { state: suggester.state(), scores: scores[at]! };
  });
  return { plain: plain!, personal };
}

/** Tags have no general reading to fall back to, so theirs is open as soon as there is one to suggest. */
export function tagGate(taggedDocuments: number, report: TagReport | undefined): Gate {
  if (taggedDocuments === 0) {
    return gate(false, said("no document has tags"));
  }
  if (report === undefined || report.documents === 0) {
    return gate(
      true,
      said(
        "learned from {0} tagged documents, which are too few to measure how well",
        whole(taggedDocuments),
      ),
    );
  }
  const { idiolect, mostFrequent } = report.known;
  return gate(
    true,
    said(
      "share of a document's known tags found in the first five suggestions (recall@5), on {0} held-out documents: {1} (always suggesting the most frequent tags: {2})",
      whole(report.documents),
      { value: idiolect.recallAt5, digits: 2 },
      { value: mostFrequent.recallAt5, digits: 2 },
    ),
  );
}

/** Of tags that were known before; those taken from suggestions prove nothing and count neither way. One list a method. */
async function scorePrequentially(
  methods: readonly TagMethod[],
  documents: readonly TaggedDocument[],
  breathe: () => Promise<void>,
): Promise<readonly (readonly DocumentTagScore[])[]> {
  const scores = methods.map((): DocumentTagScore[] => []);
  for (const asked of suggestPrequentially(methods, documents, mostMeasured)) {
    await breathe();
    if (asked === undefined) continue;
    const isOwn = (key: string) => asked.document.accepted?.has(key) !== true;
    const own = new Set(asked.knownTags.filter(isOwn));
    asked.suggestions.forEach((suggestions, at) => {
      const score = scoreSuggestions(
        suggestions.filter(({ tag }) => isOwn(tagKey(tag))),
        own,
      );
      if (score !== undefined) scores[at]!.push(score);
    });
  }
  return scores;
}

/** In recall at 5; both lists are of the same documents. */
function gainsInRecall(
  better: readonly DocumentTagScore[],
  worse: readonly DocumentTagScore[],
): readonly number[] {
  return better.map(({ recallAt5 }, at) => recallAt5 - worse[at]!.recallAt5);
}
