import { dot } from "../../numbers/vectors.ts";
import { rankTags, type ScoredTag, type TagMethod } from "../../tags/proof/tag-methods.ts";
import { type TaggedDocument, tagKeys } from "../../tags/tagged-document.ts";

/** The tags whose documents' mean vector has the highest cosine with the document's vector. */
export class Centroid implements TagMethod {
  readonly name = "centroid";
  readonly #sums = new Map<string, Float32Array>();

  learn(document: TaggedDocument): void {
    for (const tag of tagKeys(document)) {
      const sum = this.#sums.get(tag) ?? new Float32Array(document.vector.length);
      for (let at = 0; at < sum.length; at++) sum[at]! += document.vector[at]!;
      this.#sums.set(tag, sum);
    }
  }

  suggest(document: TaggedDocument, limit: number): ScoredTag[] {
    const scores = [...this.#sums].map(
      ([tag, sum]) => [tag, dot(sum, document.vector) / (Math.sqrt(dot(sum, sum)) || 1)] as const,
    );
    return rankTags(scores, limit);
  }
}
