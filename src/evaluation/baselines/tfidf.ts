/** Terms of one document: ids in rising order and `1 + ln(count)` for each. */
export interface TermWeights {
  readonly ids: Int32Array;
  readonly weights: Float32Array;
}

/** What counts as a term: single words, or also pairs of neighbours. */
export type TermKind = "words" | "wordsAndPairs";

/** Lower-cased words; `c++`, `c#`, `.net`, `node.js` and `don't` stay whole. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\.?[\p{L}\p{N}]+(?:['’.-]?[\p{L}\p{N}]+)*[+#]*/gu) ?? [];
}

/**
 * TF-IDF over a growing set of documents: weight `(1 + ln tf) · (ln((1 + n) / (1 + df)) + 1)`,
 * unit length (Salton & Buckley 1988, with the smoothed idf of scikit-learn).
 *
 * The idf is always that of all documents added so far, so earlier documents are weighed again
 * with every question. Terms that were never added are ignored in questions.
 */
export class TfidfIndex {
  readonly #kind: TermKind;
  readonly #termIds = new Map<string, number>();
  readonly #documentFrequencies: number[] = [];
  readonly #documents: TermWeights[] = [];

  constructor(kind: TermKind = "words") {
    this.#kind = kind;
  }

  get size(): number {
    return this.#documents.length;
  }

  get vocabularySize(): number {
    return this.#termIds.size;
  }

  add(text: string): void {
    const counts = new Map<number, number>();
    for (const term of this.#termsOf(text)) {
      let id = this.#termIds.get(term);
      if (id === undefined) {
        id = this.#termIds.size;
        this.#termIds.set(term, id);
        this.#documentFrequencies.push(0);
      }
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const id of counts.keys()) this.#documentFrequencies[id]! += 1;
    this.#documents.push(termWeights(counts));
  }

  /** Unit-length TF-IDF vectors of all documents, in the order they were added. */
  vectors(): TermWeights[] {
    const idf = this.#idf();
    return this.#documents.map((document) => this.#weigh(document, idf));
  }

  /**
   * Cosine of the text with each document, in the order they were added. [documents]
   *
   * Documents that are `leftOut` get 0 and do not count in the idf either.
   */
  similarities(text: string, leftOut: ReadonlySet<number> = new Set()): Float32Array {
    const idf = this.#idf(leftOut);
    const query = this.#weigh(termWeights(this.#knownCounts(text, idf)), idf);
    const dense = new Float32Array(this.vocabularySize);
    query.ids.forEach((id, at) => {
      dense[id] = query.weights[at]!;
    });
    return Float32Array.from(this.#documents, ({ ids, weights }, place) => {
      if (leftOut.has(place)) return 0;
      let dot = 0;
      let squares = 0;
      for (let at = 0; at < ids.length; at++) {
        const weight = weights[at]! * idf[ids[at]!]!;
        dot += weight * dense[ids[at]!]!;
        squares += weight * weight;
      }
      return squares === 0 ? 0 : dot / Math.sqrt(squares);
    });
  }

  #termsOf(text: string): string[] {
    const words = wordsOf(text);
    if (this.#kind === "words") return words;
    return words.concat(words.slice(1).map((word, at) => `${words[at]} ${word}`));
  }

  /** 0 for terms of no document that counts. */
  #idf(leftOut: ReadonlySet<number> = new Set()): Float32Array {
    const frequencies = Float32Array.from(this.#documentFrequencies);
    for (const place of leftOut) for (const id of this.#documents[place]?.ids ?? []) frequencies[id]! -= 1;
    const documents = this.size - leftOut.size;
    return frequencies.map((frequency) =>
      frequency <= 0 ? 0 : Math.log((1 + documents) / (1 + frequency)) + 1,
    );
  }

  #knownCounts(text: string, idf: Float32Array): Map<number, number> {
    const counts = new Map<number, number>();
    for (const term of this.#termsOf(text)) {
      const id = this.#termIds.get(term);
      if (id !== undefined && idf[id]! > 0) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }

  #weigh({ ids, weights }: TermWeights, idf: Float32Array): TermWeights {
    const weighed = weights.map((weight, at) => weight * idf[ids[at]!]!);
    let squares = 0;
    for (const weight of weighed) squares += weight * weight;
    const length = Math.sqrt(squares) || 1;
    return { ids, weights: weighed.map((weight) => weight / length) };
  }
}

function termWeights(counts: ReadonlyMap<number, number>): TermWeights {
  const ids = Int32Array.from(counts.keys()).sort();
  return { ids, weights: Float32Array.from(ids, (id) => 1 + Math.log(counts.get(id)!)) };
}
