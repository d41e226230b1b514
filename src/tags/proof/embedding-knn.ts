import { dot } from "../../numbers/vectors.ts";
import { nearest, neighbourShares } from "../similarity/neighbours.ts";
import { type TaggedDocument, tagKeys } from "../tagged-document.ts";
import { rankTags, type ScoredTag, type TagMethod } from "./tag-method.ts";

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
