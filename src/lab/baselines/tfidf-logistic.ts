import { rankTags, type ScoredTag, type TagMethod } from "../../tags/proof/tag-methods.ts";
import { TfidfIndex } from "../../tags/similarity/tfidf.ts";
import { type TaggedDocument, tagKeys, termsOf } from "../../tags/tagged-document.ts";
import { fitKernelLogistic, type Gram } from "./kernel-logistic.ts";

const refitAfterDocuments = 25;
/** Inverse strength of the regularisation (scikit-learn's `C`). */
const inverseStrength = 100;
/** Variance of the bias relative to that of a weight; large, so the bias is nearly free. */
const biasVariance = 4;

/**
 * One-vs-rest logistic regression on TF-IDF vectors, L2-regularised, fitted again on everything
 * whenever 25 documents have been added since the last fit.
 */
export class TfidfLogistic implements TagMethod {
  readonly name = "tfidfLogistic";
  /** Holds the fitted documents only, so that its idf is that of the fit. */
  readonly #index = new TfidfIndex();
  readonly #tags: string[][] = [];
  #pending: TaggedDocument[] = [];
  #coefficients = new Map<string, Float64Array>();

  learn(document: TaggedDocument): void {
    this.#pending.push(document);
  }

  suggest(document: TaggedDocument, limit: number): ScoredTag[] {
    if (this.#index.size === 0 || this.#pending.length >= refitAfterDocuments) this.#fit();
    const similarities = this.#index.similarities(termsOf(document).words);
    const kernel = similarities.map((similarity) => inverseStrength * (similarity + biasVariance));
    const scores = [...this.#coefficients].map(([tag, coefficients]) => {
      let score = 0;
      for (let j = 0; j < kernel.length; j++) score += coefficients[j]! * kernel[j]!;
      return [tag, score] as const;
    });
    return rankTags(scores, limit);
  }

  #fit(): void {
    for (const document of this.#pending) {
      this.#index.add(termsOf(document).words);
      this.#tags.push(tagKeys(document));
    }
    this.#pending = [];
    const kernel = this.#kernel();
    const distinct = new Set(this.#tags.flat());
    const previous = this.#coefficients;
    this.#coefficients = new Map();
    for (const tag of distinct) {
      const labels = Uint8Array.from(this.#tags, (tags) => (tags.includes(tag) ? 1 : 0));
      const start = new Float64Array(kernel.size);
      start.set(previous.get(tag) ?? []);
      this.#coefficients.set(tag, fitKernelLogistic(kernel, labels, start));
    }
  }

  #kernel(): Gram {
    const size = this.#index.size;
    const values = new Float64Array(size * size);
    const vectors = this.#index.vectors();
    const dense = new Float32Array(this.#index.vocabularySize);
    for (let row = 0; row < size; row++) {
      const { ids, weights } = vectors[row]!;
      ids.forEach((id, at) => {
        dense[id] = weights[at]!;
      });
      for (let column = 0; column <= row; column++) {
        const other = vectors[column]!;
        let dot = 0;
        for (let at = 0; at < other.ids.length; at++) dot += other.weights[at]! * dense[other.ids[at]!]!;
        const value = inverseStrength * (dot + biasVariance);
        values[row * size + column] = value;
        values[column * size + row] = value;
      }
      for (const id of ids) dense[id] = 0;
    }
    return { size, values };
  }
}
