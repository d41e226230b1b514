import { dot } from "../../numbers/vectors.ts";
import { nearest, neighbourShares } from "../similarity/neighbours.ts";
import { type TaggedDocument, tagKeys } from "../tagged-document.ts";

/** A suggested tag; `tag` is the key (case-folded and trimmed), higher scores come first. */
export interface ScoredTag {
  readonly tag: string;
  readonly score: number;
}

/** A way to suggest tags that learns from one document after the other. */
export interface TagMethod {
  readonly name: string;
  /** Adds a document with its tags to the memory. Documents come in order of time. */
  learn(document: TaggedDocument): void;
  /** The best tags for a document, whose own tags are not looked at; best first. */
  suggest(document: TaggedDocument, limit: number): readonly ScoredTag[];
}

/** Best first. The order is total: score rounded to 1e-4, then name. */
export function rankTags(
  scores: Iterable<readonly [tag: string, score: number]>,
  limit: number,
): ScoredTag[] {
  const rounded: ScoredTag[] = [];
  for (const [tag, score] of scores) rounded.push({ tag, score: Math.round(score * 1e4) / 1e4 });
  rounded.sort((a, b) => b.score - a.score || (a.tag < b.tag ? -1 : 1));
  return rounded.slice(0, limit);
}

/** Suggests the tags used most often so far, whatever the document says. */
export class MostFrequent implements TagMethod {
  readonly name = "mostFrequent";
  readonly #counts = new Map<string, number>();

  learn(document: TaggedDocument): void {
    for (const tag of tagKeys(document)) this.#counts.set(tag, (this.#counts.get(tag) ?? 0) + 1);
  }

  suggest(_document: TaggedDocument, limit: number): ScoredTag[] {
    return rankTags(this.#counts, limit);
  }
}

const neighbourCount = 15;
const power = 4;

/** The tags of the 15 nearest documents by cosine of their vectors, weighted by similarity⁴. */
export class EmbeddingKnn implements TagMethod {
  readonly name = "embeddingKnn";
  readonly #vectors: Float32Array[] = [];
  readonly #tags: string[][] = [];

  learn(document: TaggedDocument): void {
    this.#vectors.push(document.vector);
    this.#tags.push(tagKeys(document));
  }

  suggest(document: TaggedDocument, limit: number): ScoredTag[] {
    const similarities = this.#vectors.map((vector) => dot(vector, document.vector));
    const neighbours = nearest(similarities, neighbourCount);
    return rankTags(
      neighbourShares(neighbours, (index) => this.#tags[index]!, power),
      limit,
    );
  }
}
