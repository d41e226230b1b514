import { IntegerList } from "./integer-list.ts";
import { type TermKind, TermNumbers } from "./term-numbers.ts";
import { WordNumbers } from "./word-numbers.ts";

/** Whoever asks for more of them asks for older documents than any kernel has rows. */
const keptSteady = 1000;
const growth = 1.5;

/** Whether terms that no document has count in the length of a text. */
type Unseen = "ignored" | "counted";

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
  /** Weights of the unit vectors of the newest documents, each with the idf of the documents before it. */
  readonly #steady = new Map<number, Float32Array>();
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
    this.#steady.set(this.size, this.#weigh(document, this.size));
    this.#steady.delete(this.size - keptSteady);
    for (const id of document.ids) frequencies.set(id, frequencies.at(id) + 1);
    this.#documents.push(document);
  }

  /** Unit-length TF-IDF vectors of all documents, in the order they were added. */
  vectors(): TermWeights[] {
    return this.#documents.map((document) => ({
      ids: document.ids,
      weights: this.#weigh(document, this.size),
    }));
  }

  /**
   * Cosine of the text with each document, in the order they were added. [documents]
   *
   * Documents that are `leftOut` get 0 and do not count in the idf either.
   */
  similarities(text: string, leftOut: ReadonlySet<number> = new Set()): Float32Array {
    const idf = this.#idf(this.size - leftOut.size);
    idf[0] = 0;
    return this.#ask(text, leftOut, "ignored", (question, frequencies) => {
      const cosines = new Float32Array(this.size);
      for (const [place, { ids, weights }] of this.#documents.entries()) {
        if (leftOut.has(place)) continue;
        let product = 0;
        let squares = 0;
        for (let at = 0; at < ids.length; at++) {
          const id = ids[at]!;
          const weight = weights[at]! * idf[frequencies[id]!]!;
          product += weight * question[id]!;
          squares += weight * weight;
        }
        cosines[place] = squares === 0 ? 0 : product / Math.sqrt(squares);
      }
      return cosines;
    });
  }

  /**
   * As `similarities`, but to some of the newest 1000 documents, each of which keeps the idf of the documents before it,
   * so these are inner products of vectors that never change: a kernel. Terms never seen count in the length of the text.
   * [places]
   */
  steadySimilarities(
    text: string,
    places: readonly number[],
    leftOut: ReadonlySet<number> = new Set(),
  ): Float32Array {
    return this.#ask(text, leftOut, "counted", (question) => {
      return Float32Array.from(places, (place) => (leftOut.has(place) ? 0 : this.#product(place, question)));
    });
  }

  /** As `steadySimilarities`, of one of the newest 1000 documents. [places] */
  steadyProducts(place: number, places: readonly number[]): Float32Array {
    return this.#with(this.#documents[place]!.ids, this.#steadyOf(place), (question) => {
      return Float32Array.from(places, (other) => this.#product(other, question));
    });
  }

  #product(place: number, question: Float32Array): number {
    const { ids } = this.#documents[place]!;
    const weights = this.#steadyOf(place);
    let product = 0;
    for (let at = 0; at < ids.length; at++) product += weights[at]! * question[ids[at]!]!;
    return product;
  }

  #steadyOf(place: number): Float32Array {
    const weights = this.#steady.get(place);
    if (weights === undefined) throw new RangeError(`The document at ${place} is not among the newest.`);
    return weights;
  }

  /** The idf of a term by the number of documents that have it. [documents + 1] */
  #idf(documents: number): Float32Array {
    return Float32Array.from({ length: this.size + 1 }, (_, frequency) => idfOf(frequency, documents));
  }

  /** Gives `answer` the text's unit vector by term id, and document frequencies without what is left out. */
  #ask(
    text: string,
    leftOut: ReadonlySet<number>,
    unseen: Unseen,
    answer: (question: Float32Array, frequencies: Int32Array) => Float32Array,
  ): Float32Array {
    const asked = termWeights(this.#terms.read(text));
    // The ids rise, so those that were never added come last.
    const known = asked.ids.filter((id) => id < this.vocabularySize);
    this.#count(leftOut, -1);
    try {
      const weights = this.#weigh(asked, this.size - leftOut.size, unseen);
      return this.#with(known, weights, (question) => answer(question, this.#documentFrequencies.values));
    } finally {
      this.#count(leftOut, 1);
    }
  }

  /** Gives `answer` a vector by term id. */
  #with(
    ids: Int32Array,
    weights: Float32Array,
    answer: (vector: Float32Array) => Float32Array,
  ): Float32Array {
    if (this.#question.length < this.vocabularySize) {
      this.#question = new Float32Array(Math.ceil(growth * this.vocabularySize));
    }
    const question = this.#question;
    try {
      for (let at = 0; at < ids.length; at++) question[ids[at]!] = weights[at]!;
      return answer(question);
    } finally {
      for (const id of ids) question[id] = 0;
    }
  }

  /** Adds to the document frequencies of all terms of these documents. */
  #count(places: ReadonlySet<number>, change: number): void {
    const frequencies = this.#documentFrequencies;
    for (const place of places) {
      for (const id of this.#documents[place]?.ids ?? []) frequencies.set(id, frequencies.at(id) + change);
    }
  }

  /** Weights of the unit vector, with the idf in so many documents. */
  #weigh({ ids, weights }: TermWeights, documents: number, unseen: Unseen = "counted"): Float32Array {
    const frequencies = this.#documentFrequencies;
    const weighed = new Float32Array(ids.length);
    let squares = 0;
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at]!;
      const frequency = id < frequencies.length ? frequencies.at(id) : 0;
      const isIgnored = frequency === 0 && unseen === "ignored";
      weighed[at] = isIgnored ? 0 : weights[at]! * idfOf(frequency, documents);
      squares += weighed[at]! * weighed[at]!;
    }
    const length = Math.sqrt(squares) || 1;
    for (let at = 0; at < ids.length; at++) weighed[at]! /= length;
    return weighed;
  }
}

/** In 32 bits, as tables of it have it. */
function idfOf(frequency: number, documents: number): number {
  return Math.fround(Math.log((1 + documents) / (1 + frequency)) + 1);
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
