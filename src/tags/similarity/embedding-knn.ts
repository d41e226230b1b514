import { rankTags, type ScoredTag, type TagMethod } from "../proof/tag-method.ts";
import { type TaggedDocument, tagKeys } from "../tagged-document.ts";
import { nearest, neighbourShares } from "./neighbours.ts";

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

/** Inner product; of unit-length vectors, their cosine. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
