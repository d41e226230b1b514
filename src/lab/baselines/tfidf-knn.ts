import { rankTags, type ScoredTag, type TagMethod } from "../../tags/proof/tag-methods.ts";
import { nearest, neighbourShares } from "../../tags/similarity/neighbours.ts";
import { TfidfIndex } from "../../tags/similarity/tfidf.ts";
import { type TaggedDocument, tagKeys, termsOf } from "../../tags/tagged-document.ts";

const neighbourCount = 15;
const power = 2;

/** The tags of the 15 nearest documents by TF-IDF cosine, weighted by similarity². */
export class TfidfKnn implements TagMethod {
  readonly name = "tfidfKnn";
  readonly #index = new TfidfIndex();
  readonly #tags: string[][] = [];

  learn(document: TaggedDocument): void {
    this.#index.add(termsOf(document).words);
    this.#tags.push(tagKeys(document));
  }

  suggest(document: TaggedDocument, limit: number): ScoredTag[] {
    const similarities = this.#index.similarities(termsOf(document).words);
    const neighbours = nearest(similarities, neighbourCount);
    return rankTags(
      neighbourShares(neighbours, (index) => this.#tags[index]!, power),
      limit,
    );
  }
}
