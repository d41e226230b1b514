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
  /** Each document's unit vector with the idf of the documents before it. */
  readonly #steady: TermWeights[] = [];

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
    const document = termWeights(counts);
    this.#steady.push(this.#weigh(document, this.#idfOf()));
    for (const id of document.ids) this.#documentFrequencies[id]! += 1;
    this.#documents.push(document);
  }

  /** Unit-length TF-IDF vectors of all documents, in the order they were added. */
  vectors(): TermWeights[] {
    return this.#documents.map((document) => this.#weigh(document, this.#idfOf()));
  }

  /**
   * Cosine of the text with each document, in the order they were added. [documents]
   *
   * Documents that are `leftOut` get 0 and do not count in the idf either.
   */
  similarities(text: string, leftOut: ReadonlySet<number> = new Set()): Float32Array {
    const counts = this.#counts(text);
    const frequencies = this.#frequencies(leftOut, counts.size);
    const idf = this.#idf(leftOut, counts.size).map((weight, id) => (frequencies[id] === 0 ? 0 : weight));
    const dense = this.#dense(counts, (id) => idf[id]!);
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

  /**
   * As `similarities`, but each document keeps the idf of the documents before it, so these are inner
   * products of vectors that never change: a kernel. Terms never seen count in the length of the text.
   */
  steadySimilarities(text: string, leftOut: ReadonlySet<number> = new Set()): Float32Array {
    const counts = this.#counts(text);
    const dense = this.#dense(counts, this.#idfOf(leftOut));
    return Float32Array.from(this.#steady, ({ ids, weights }, place) => {
      if (leftOut.has(place)) return 0;
      let dot = 0;
      for (let at = 0; at < ids.length; at++) dot += weights[at]! * dense[ids[at]!]!;
      return dot;
    });
  }

  #termsOf(text: string): string[] {
    const words = wordsOf(text);
    if (this.#kind === "words") return words;
    return words.concat(words.slice(1).map((word, at) => `${words[at]} ${word}`));
  }

  /** For every known term, and for so many unseen ones after them. */
  #idf(leftOut: ReadonlySet<number> = new Set(), unseen = 0): Float32Array {
    const documents = this.size - leftOut.size;
    const idf = this.#frequencies(leftOut, unseen);
    return idf.map((frequency) => Math.log((1 + documents) / (1 + frequency)) + 1);
  }

  /** As `#idf`, for a few terms out of many. */
  #idfOf(leftOut: ReadonlySet<number> = new Set()): (id: number) => number {
    const documents = this.size - leftOut.size;
    const fewer = new Map<number, number>();
    for (const place of leftOut) {
      for (const id of this.#documents[place]?.ids ?? []) fewer.set(id, (fewer.get(id) ?? 0) + 1);
    }
    return (id) => {
      const frequency = (this.#documentFrequencies[id] ?? 0) - (fewer.get(id) ?? 0);
      return Math.fround(Math.log((1 + documents) / (1 + frequency)) + 1);
    };
  }

  #frequencies(leftOut: ReadonlySet<number>, unseen: number): Float32Array {
    const frequencies = new Float32Array(this.vocabularySize + unseen);
    frequencies.set(this.#documentFrequencies);
    for (const place of leftOut) for (const id of this.#documents[place]?.ids ?? []) frequencies[id]! -= 1;
    return frequencies;
  }

  /** The text's unit vector by term id. */
  #dense(counts: ReadonlyMap<number, number>, idfOf: (id: number) => number): Float32Array {
    const dense = new Float32Array(this.vocabularySize + counts.size);
    const { ids, weights } = this.#weigh(termWeights(counts), idfOf);
    ids.forEach((id, at) => {
      dense[id] = weights[at]!;
    });
    return dense;
  }

  /** Counts by term id; terms never seen get ids beyond the vocabulary. */
  #counts(text: string): Map<number, number> {
    const counts = new Map<number, number>();
    const unknown = new Map<string, number>();
    for (const term of this.#termsOf(text)) {
      let id = this.#termIds.get(term) ?? unknown.get(term);
      if (id === undefined) {
        id = this.vocabularySize + unknown.size;
        unknown.set(term, id);
      }
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }

  #weigh({ ids, weights }: TermWeights, idfOf: (id: number) => number): TermWeights {
    const weighed = weights.map((weight, at) => weight * idfOf(ids[at]!));
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
