import { IntegerList } from "./integer-list.ts";
import { type TermKind, TermNumbers } from "./term-numbers.ts";
import { WordNumbers } from "./word-numbers.ts";

/** Terms of one document: ids in rising order and `1 + ln(count)` for each. */
export interface TermWeights {
  readonly ids: Int32Array;
  readonly weights: Float32Array;
}

/**
 * TF-IDF over a growing set of documents: weight `(1 + ln tf) · (ln((1 + n) / (1 + df)) + 1)`,
 * unit length (Salton & Buckley 1988, with the smoothed idf of scikit-learn).
 *
 * The idf is always that of all documents added so far, so earlier documents are weighed again
 * with every question. Terms that were never added are ignored in questions.
 */
export class TfidfIndex {
  readonly #terms: TermNumbers;
  readonly #documentFrequencies = new IntegerList();
  readonly #documents: TermWeights[] = [];
  /** Weights of each document's unit vector with the idf of the documents before it. */
  readonly #steady: Float32Array[] = [];
  /** The question's weight of each term; all 0 between questions. */
  #question = new Float32Array(0);

  /** @param words may be shared with other indexes */
  constructor(kind: TermKind = "words", words: WordNumbers = new WordNumbers()) {
    this.#terms = new TermNumbers(kind, words);
  }

  get size(): number {
    return this.#documents.length;
  }

  get vocabularySize(): number {
    return this.#terms.size;
  }

  add(text: string): void {
    const document = termWeights(this.#terms.add(text));
    const frequencies = this.#documentFrequencies;
    while (frequencies.length < this.vocabularySize) frequencies.push(0);
    this.#steady.push(this.#weigh(document, this.#idf(this.size)));
    for (const id of document.ids) frequencies.set(id, frequencies.at(id) + 1);
    this.#documents.push(document);
  }

  /** Unit-length TF-IDF vectors of all documents, in the order they were added. */
  vectors(): TermWeights[] {
    const idf = this.#idf(this.size);
    return this.#documents.map((document) => ({ ids: document.ids, weights: this.#weigh(document, idf) }));
  }

  /**
   * Cosine of the text with each document, in the order they were added. [documents]
   *
   * Documents that are `leftOut` get 0 and do not count in the idf either.
   */
  similarities(text: string, leftOut: ReadonlySet<number> = new Set()): Float32Array {
    const idf = this.#idf(this.size - leftOut.size);
    idf[0] = 0;
    return this.#ask(text, leftOut, idf, (question, frequencies) => {
      return Float32Array.from(this.#documents, ({ ids, weights }, place) => {
        if (leftOut.has(place)) return 0;
        let dot = 0;
        let squares = 0;
        for (let at = 0; at < ids.length; at++) {
          const id = ids[at]!;
          const weight = weights[at]! * idf[frequencies[id]!]!;
          dot += weight * question[id]!;
          squares += weight * weight;
        }
        return squares === 0 ? 0 : dot / Math.sqrt(squares);
      });
    });
  }

  /**
   * As `similarities`, but each document keeps the idf of the documents before it, so these are inner
   * products of vectors that never change: a kernel. Terms never seen count in the length of the text.
   */
  steadySimilarities(text: string, leftOut: ReadonlySet<number> = new Set()): Float32Array {
    return this.#ask(text, leftOut, this.#idf(this.size - leftOut.size), (question) => {
      return Float32Array.from(this.#documents, ({ ids }, place) => {
        if (leftOut.has(place)) return 0;
        const weights = this.#steady[place]!;
        let dot = 0;
        for (let at = 0; at < ids.length; at++) dot += weights[at]! * question[ids[at]!]!;
        return dot;
      });
    });
  }

  /** The idf of a term by the number of documents that have it. [documents + 1] */
  #idf(documents: number): Float32Array {
    return Float32Array.from(
      { length: this.size + 1 },
      (_, frequency) => Math.log((1 + documents) / (1 + frequency)) + 1,
    );
  }

  /** Gives `answer` the text's unit vector by term id, and document frequencies without what is left out. */
  #ask(
    text: string,
    leftOut: ReadonlySet<number>,
    idf: Float32Array,
    answer: (question: Float32Array, frequencies: Int32Array) => Float32Array,
  ): Float32Array {
    const asked = termWeights(this.#terms.read(text));
    const known = asked.ids.filter((id) => id < this.vocabularySize);
    if (this.#question.length < this.vocabularySize) this.#question = new Float32Array(this.vocabularySize);
    const question = this.#question;
    this.#count(leftOut, -1);
    try {
      // The ids rise, so those that were never added come last.
      const weights = this.#weigh(asked, idf);
      known.forEach((id, at) => {
        question[id] = weights[at]!;
      });
      return answer(question, this.#documentFrequencies.values);
    } finally {
      for (const id of known) question[id] = 0;
      this.#count(leftOut, 1);
    }
  }

  /** Adds to the document frequencies of all terms of these documents. */
  #count(places: ReadonlySet<number>, change: number): void {
    const frequencies = this.#documentFrequencies;
    for (const place of places) {
      for (const id of this.#documents[place]?.ids ?? []) frequencies.set(id, frequencies.at(id) + change);
    }
  }

  /** Weights of the unit vector. */
  #weigh({ ids, weights }: TermWeights, idf: Float32Array): Float32Array {
    const frequencies = this.#documentFrequencies;
    const weighed = weights.map((weight, at) => {
      const id = ids[at]!;
      return weight * idf[id < frequencies.length ? frequencies.at(id) : 0]!;
    });
    let squares = 0;
    for (const weight of weighed) squares += weight * weight;
    const length = Math.sqrt(squares) || 1;
    return weighed.map((weight) => weight / length);
  }
}

/** Counts terms, given each as often as it occurs. */
function termWeights(terms: Int32Array): TermWeights {
  const sorted = terms.toSorted();
  const ids = sorted.filter((id, at) => id !== sorted[at - 1]);
  const weights = new Float32Array(ids.length);
  for (let at = 0, place = 0; at < ids.length; at++) {
    const start = place;
    while (sorted[place] === ids[at]) place += 1;
    weights[at] = 1 + Math.log(place - start);
  }
  return { ids, weights };
}
