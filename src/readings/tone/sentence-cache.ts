import type { DocumentSentence } from "../../tone/reading/document-latent.ts";

/** Sentences that were read before, the ones used last; about 2 kB each. */
export class SentenceCache {
  readonly #limit: number;
  /** In order of last use. */
  readonly #sentences = new Map<string, DocumentSentence>();

  /** @param limit most sentences that are kept */
  constructor(limit = 4_000) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#sentences.size;
  }

  get(key: string): DocumentSentence | undefined {
    const known = this.#sentences.get(key);
    if (known === undefined) return undefined;
    this.#sentences.delete(key);
    this.#sentences.set(key, known);
    return known;
  }

  set(key: string, sentence: DocumentSentence): void {
    this.#sentences.delete(key);
    this.#sentences.set(key, sentence);
    if (this.#sentences.size > this.#limit) {
      this.#sentences.delete(this.#sentences.keys().next().value!);
    }
  }

  clear(): void {
    this.#sentences.clear();
  }
}
