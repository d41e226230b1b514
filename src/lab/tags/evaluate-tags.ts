import { type Interval, pairedBootstrap } from "../../numbers/intervals.ts";
import { suggestPrequentially } from "../../tags/proof/suggest-prequentially.ts";
import { EmbeddingKnn, MostFrequent, type TagMethod } from "../../tags/proof/tag-methods.ts";
import {
  type DocumentTagScore,
  meanTagMetrics,
  scoreSuggestions,
  type TagMetrics,
} from "../../tags/proof/tag-metrics.ts";
import { TagSuggester, type TagSuggesterOptions } from "../../tags/tag-suggester.ts";
import type { TaggedDocument } from "../../tags/tagged-document.ts";
import { BaseLevel } from "../baselines/base-level.ts";
import { Centroid } from "../baselines/centroid.ts";
import { TfidfKnn } from "../baselines/tfidf-knn.ts";
import { TfidfLogistic } from "../baselines/tfidf-logistic.ts";

const otherMethods = {
  mostFrequent: () => new MostFrequent(),
  bll: () => new BaseLevel(),
  tfidfKnn: () => new TfidfKnn(),
  tfidfLogistic: () => new TfidfLogistic(),
  embeddingKnn: () => new EmbeddingKnn(),
  centroid: () => new Centroid(),
} satisfies Record<string, () => TagMethod>;

export type OtherTagMethod = keyof typeof otherMethods;

export interface TagMethodMetrics {
  /** Only true tags that occur in an earlier document; documents without one are left out. */
  readonly known: TagMetrics;
  /** Every true tag; unknown ones count as misses. */
  readonly all: TagMetrics;
}

/** The answer of `idiolect lab evaluate tags --json`. */
export interface TagEvaluation {
  readonly version: 1;
  readonly documents: number;
  readonly methods: Readonly<Record<"idiolect" | OtherTagMethod, TagMethodMetrics>>;
  /** The other method with the best known recall at 5; the earlier of two that are equal. */
  readonly bestOther: OtherTagMethod;
  /** Idiolect's known recall at 5 less that of the best other, over documents. */
  readonly difference: { readonly measure: "recallAt5" } & Interval;
}

export interface TagEvaluationOptions {
  readonly random: () => number;
  readonly suggester?: TagSuggesterOptions;
}

/** Document by document, in order of time. */
export interface TagMethodScores {
  readonly known: readonly DocumentTagScore[];
  readonly all: readonly DocumentTagScore[];
}

/**
 * Measures tag suggestion on one writer, in order of time: the oldest 70 % of the documents are
 * learned, then each later one is suggested tags from everything before it, and learned in turn.
 */
export function evaluateTags(
  documents: readonly TaggedDocument[],
  { random, suggester = {} }: TagEvaluationOptions,
): TagEvaluation {
  const names = Object.keys(otherMethods) as OtherTagMethod[];
  const idiolect = scoreTagMethod(new TagSuggester(suggester), documents);
  const others = new Map(
    names.map((name) => [name, scoreTagMethod(otherMethods[name](), documents)] as const),
  );
  const recallOf = (name: OtherTagMethod) => meanTagMetrics(others.get(name)!.known).recallAt5;
  const bestOther = names.reduce((best, name) => (recallOf(name) > recallOf(best) ? name : best));
  const differences = idiolect.known.map(
    ({ recallAt5 }, at) => recallAt5 - others.get(bestOther)!.known[at]!.recallAt5,
  );
  const entries = [["idiolect", idiolect] as const, ...others].map(
    ([name, scores]) => [name, meanScores(scores)] as const,
  );
  return {
    version: 1,
    documents: documents.length,
    methods: Object.fromEntries(entries) as TagEvaluation["methods"],
    bestOther,
    difference: { measure: "recallAt5", ...pairedBootstrap(differences, random) },
  };
}

export function meanScores({ known, all }: TagMethodScores): TagMethodMetrics {
  return { known: meanTagMetrics(known), all: meanTagMetrics(all) };
}

/** The scores of every later document that has a true tag; known and all have the same order of time. */
export function scoreTagMethod(method: TagMethod, documents: readonly TaggedDocument[]): TagMethodScores {
  const known: DocumentTagScore[] = [];
  const all: DocumentTagScore[] = [];
  for (const asked of suggestPrequentially([method], documents)) {
    if (asked === undefined) continue;
    const { tags, knownTags } = asked;
    const suggestions = asked.suggestions[0]!;
    const knownScore = scoreSuggestions(suggestions, new Set(knownTags));
    const allScore = scoreSuggestions(suggestions, new Set(tags));
    if (knownScore !== undefined) known.push(knownScore);
    if (allScore !== undefined) all.push(allScore);
  }
  return { known, all };
}
