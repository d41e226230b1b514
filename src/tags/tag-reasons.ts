import type { CandidateFeatures, FeatureExtractor } from "./features/feature-extractor.ts";
import { nearestFirst } from "./similarity/neighbours.ts";
import type { TagQuery } from "./tag-query.ts";

/** Why a tag is suggested, with the numbers behind it. */
export type TagReason =
  | {
      readonly kind: "similarDocuments" | "prompt";
      /** The most similar documents that have the tag, best first; `prompt`: as the writer's prompt sees them. */
      readonly documents: readonly { readonly id: string; readonly similarity: number }[];
      /** How many of the nearest documents have the tag, and how many were looked at. */
      readonly tagged: number;
      readonly nearest: number;
    }
  | {
      readonly kind: "literal";
      readonly inTitle: boolean;
      readonly countInText: number;
      /** Earlier documents with the same words, and how many of them have the tag. */
      readonly matching: number;
      readonly tagged: number;
    }
  | { readonly kind: "frequent"; readonly uses: number; readonly documents: number }
  | { readonly kind: "recent"; readonly documentsAgo: number; readonly days: number }
  | { readonly kind: "centroid"; readonly cosine: number }
  | { readonly kind: "correction" }
  /** The writer never used the tag; the document itself names it. */
  | { readonly kind: "new"; readonly inTitle: boolean; readonly countInText: number };

const msPerDay = 86_400_000;
const nearestDocuments = 15;
const shownDocuments = 3;
const frequentShare = 0.1;
const recentDocuments = 10;

/** The reasons for one candidate (by its place in the query), strongest kinds first. */
export function reasonsFor(
  features: CandidateFeatures,
  candidate: number,
  extractor: FeatureExtractor,
): TagReason[] {
  const { query } = features;
  const reasons: TagReason[] = [];
  const literal = extractor.literal.matchOf(query, candidate);
  if (literal.inTitle || literal.countInText > 0) {
    const { inTitle, countInText } = literal;
    const { matching, tagged } = countInText > 0 ? literal.earlierInText : literal.earlierInTitle;
    reasons.push({ kind: "literal", inTitle, countInText, matching, tagged });
  }
  const similar = neighbourReason(query, candidate, "similarDocuments", ["document", "tfidf"]);
  if (similar !== undefined) reasons.push(similar);
  const personal = neighbourReason(query, candidate, "prompt", ["personal"]);
  if (personal !== undefined) reasons.push(personal);
  const cosine = extractor.valueOf(features, candidate, "document.centroid");
  if (cosine !== undefined) reasons.push({ kind: "centroid", cosine });
  return [...reasons, ...historyReasons(query, candidate)];
}

function neighbourReason(
  query: TagQuery,
  candidate: number,
  kind: "similarDocuments" | "prompt",
  spaces: readonly string[],
): TagReason | undefined {
  const similarities = spaces
    .map((name) => query.similarities.get(name))
    .find((found) => found !== undefined);
  if (similarities === undefined) return undefined;
  const nearest = nearestIn(similarities, query);
  const uses = new Set(query.uses[candidate]);
  const tagged = nearest.filter((place) => uses.has(place));
  if (tagged.length === 0) return undefined;
  const documents = tagged
    .slice(0, shownDocuments)
    .map((place) => ({ id: query.memory.documentAt(place).id, similarity: similarities[place]! }));
  return { kind, documents, tagged: tagged.length, nearest: nearest.length };
}

/** By the similarities: all tags of a question ask for the same. */
const nearestOf = new WeakMap<Float32Array, readonly number[]>();

function nearestIn(similarities: Float32Array, { leftOut }: TagQuery): readonly number[] {
  const known = nearestOf.get(similarities);
  if (known !== undefined) return known;
  const first = nearestFirst(similarities).subarray(0, nearestDocuments + leftOut.size);
  const nearest = [...first].filter((place) => !leftOut.has(place)).slice(0, nearestDocuments);
  nearestOf.set(similarities, nearest);
  return nearest;
}

function historyReasons(query: TagQuery, candidate: number): TagReason[] {
  const reasons: TagReason[] = [];
  const uses = query.uses[candidate]!;
  const documents = query.places.length;
  if (uses.length >= frequentShare * documents)
    reasons.push({ kind: "frequent", uses: uses.length, documents });
  const last = uses.at(-1)!;
  const documentsAgo = query.places.filter((place) => place >= last).length;
  if (documentsAgo <= recentDocuments) {
    const elapsedMs = query.document.timeMs - query.memory.documentAt(last).timeMs;
    reasons.push({ kind: "recent", documentsAgo, days: Math.max(0, elapsedMs / msPerDay) });
  }
  return reasons;
}
