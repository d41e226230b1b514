import type { TermCounts } from "./document-terms.ts";
import { SharedTerms } from "./shared-terms.ts";
import { type TermRange, TermRows, type TermVector } from "./term-rows.ts";

/** Whoever asks for more of them asks for older documents than any kernel has rows. */
const keptSteady = 1000;
const growth = 1.5;
/** A term that no document has. */
const strange = -1;

/** Whether terms that no document has count in the length of a text. */
type Unseen = "ignored" | "counted";

/**
 * TF-IDF over a growing set of documents: weight `(1 + ln tf) · (ln((1 + n) / (1 + df)) + 1)`,
 * unit length (Salton & Buckley 1988, with the smoothed idf of scikit-learn).
 *
 * The idf is always that of all documents added so far, so earlier documents are weighed again
 * with every question. Terms that were never added are ignored in questions.
 */
export class TfidfIndex {
  readonly #rows: TermRows;
  readonly #range: TermRange;
  /** Weights of the unit vectors of the newest documents, each with the idf of the documents before it. */
  readonly #steady = new Map<number, Float32Array>();
  /** Weights of documents before this place are not kept any more. */
  #forgotten = 0;
  /** The question's weight of each term; all 0 between questions. */
  #question = new Float32Array(0);
  /** Of the newest documents, as long as none is added; made when a second row of products is asked for. */
  #shared:
    | { readonly size: number; readonly first: number; readonly terms: SharedTerms | undefined }
    | undefined;

  /**
   * @param rows whoever shares them with other indexes adds documents there
   * @param range the terms of each document that count
   */
  constructor(rows: TermRows = new TermRows(), range: TermRange = "all") {
    this.#rows = rows;
    this.#range = range;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** One more than the highest number of a term. */
  get vocabularySize(): number {
    return this.#rows.documentFrequencies.length;
  }

  add(terms: TermCounts): void {
    this.#rows.add(terms);
  }

  /** Unit-length TF-IDF vectors of all documents, in the order they were added. */
  vectors(): TermVector[] {
    return Array.from({ length: this.size }, (_, place) => {
      return { ids: this.#idsOf(place), weights: this.#weigh(this.#termsOf(place), this.size) };
    });
  }

  /**
   * Cosine of the text with each document, in the order they were added. [documents]
   *
   * Documents that are `leftOut` get 0 and do not count in the idf either.
   */
  similarities(text: TermCounts, leftOut: ReadonlySet<number> = new Set()): Float32Array {
    const idf = this.#idf(this.size - leftOut.size);
    idf[0] = 0;
    return this.#ask(text, leftOut, "ignored", (question) => {
      const cosines = new Float32Array(this.size);
      const frequencies = this.#rows.documentFrequencies.values;
      const [ids, weights] = [this.#rows.ids.values, this.#rows.weights.values];
      const [starts, ends] = [this.#rows.starts.values, this.#rows.endsOf(this.#range)];
      for (let place = 0; place < cosines.length; place++) {
        let product = 0;
        let squares = 0;
        for (let at = starts[place]!; at < ends[place]!; at++) {
          const id = ids[at]!;
          const weight = weights[at]! * idf[frequencies[id]!]!;
          product += weight * question[id]!;
          squares += weight * weight;
        }
        cosines[place] = squares === 0 ? 0 : product / Math.sqrt(squares);
      }
      for (const place of leftOut) cosines[place] = 0;
      return cosines;
    });
  }

  /**
   * As `similarities`, but to some of the newest 1000 documents, each of which keeps the idf of the documents before it,
   * so these are inner products of vectors that never change: a kernel. Terms never seen count in the length of the text.
   * [places]
   */
  steadySimilarities(
    text: TermCounts,
    places: readonly number[],
    leftOut: ReadonlySet<number> = new Set(),
  ): Float32Array {
    this.#steadyFrom(places[0] ?? this.size);
    return this.#ask(text, leftOut, "counted", (question) => {
      return Float32Array.from(places, (place) => (leftOut.has(place) ? 0 : this.#product(place, question)));
    });
  }

  /** As `steadySimilarities`, of one of the newest 1000 documents. [places] */
  steadyProducts(place: number, places: readonly number[]): Float32Array {
    const first = Math.min(place, places[0] ?? place);
    this.#steadyFrom(first);
    // With itself a document shares all of its terms.
    const shared = places.includes(place) ? undefined : this.#sharedTerms(first);
    if (shared !== undefined) return shared.products(place, places);
    return this.#with(this.#idsOf(place), this.#steady.get(place)!, (question) => {
      return Float32Array.from(places, (other) => this.#product(other, question));
    });
  }

  /**
   * Of the weighed documents from a place on. Undefined for the first row of products since a document was added: where each
   * document gets its row as it comes, there is no second.
   */
  #sharedTerms(first: number): SharedTerms | undefined {
    const known = this.#shared;
    if (known?.size !== this.size || known.first > first) {
      this.#shared = { size: this.size, first, terms: undefined };
      return undefined;
    }
    if (known.terms !== undefined) return known.terms;
    const documents = Array.from({ length: this.size - first }, (_, at) => {
      return { ids: this.#idsOf(first + at), weights: this.#steady.get(first + at)! };
    });
    const terms = new SharedTerms(documents, first, this.vocabularySize);
    this.#shared = { size: this.size, first, terms };
    return terms;
  }

  #product(place: number, question: Float32Array): number {
    const ids = this.#rows.ids.values;
    const weights = this.#steady.get(place)!;
    const start = this.#rows.starts.at(place);
    let product = 0;
    for (let at = 0; at < weights.length; at++) product += weights[at]! * question[ids[start + at]!]!;
    return product;
  }

  /** Weighs the documents from a place on that are not weighed yet, the newest first, each without those after it. */
  #steadyFrom(first: number): void {
    if (first < this.size - keptSteady) {
      throw new RangeError(`The document at ${first} is not among the newest.`);
    }
    for (; this.#forgotten < this.size - keptSteady; this.#forgotten++) this.#steady.delete(this.#forgotten);
    // Documents are weighed in their order, so those without weights are the newest ones.
    let lowest = this.size;
    while (lowest > first && !this.#steady.has(lowest - 1)) lowest -= 1;
    for (let place = this.size - 1; place >= lowest; place--) {
      this.#count(place, -1);
      this.#steady.set(place, this.#weigh(this.#termsOf(place), place));
    }
    for (let place = lowest; place < this.size; place++) this.#count(place, 1);
  }

  /** The idf of a term by the number of documents that have it. [documents + 1] */
  #idf(documents: number): Float32Array {
    return Float32Array.from({ length: this.size + 1 }, (_, frequency) => idfOf(frequency, documents));
  }

  /** Gives `answer` the text's unit vector by number of the term, while what is left out does not count. */
  #ask(
    { hashes, weights }: TermCounts,
    leftOut: ReadonlySet<number>,
    unseen: Unseen,
    answer: (question: Float32Array) => Float32Array,
  ): Float32Array {
    const ids = hashes.map((hash) => this.#rows.numberOf(hash) ?? strange);
    for (const place of leftOut) this.#count(place, -1);
    try {
      const weighed = this.#weigh({ ids, weights }, this.size - leftOut.size, unseen);
      return this.#with(ids, weighed, answer);
    } finally {
      for (const place of leftOut) this.#count(place, 1);
    }
  }

  /** Gives `answer` a vector by number of the term. */
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
      for (let at = 0; at < ids.length; at++) if (ids[at] !== strange) question[ids[at]!] = weights[at]!;
      return answer(question);
    } finally {
      for (const id of ids) if (id !== strange) question[id] = 0;
    }
  }

  /** Adds to the document frequencies of a document's terms. */
  #count(place: number, change: number): void {
    const frequencies = this.#rows.documentFrequencies;
    for (const id of this.#idsOf(place)) frequencies.set(id, frequencies.at(id) + change);
  }

  /** A view. */
  #idsOf(place: number): Int32Array {
    const { ids, starts } = this.#rows;
    return ids.values.subarray(starts.at(place), this.#rows.endOf(place, this.#range));
  }

  #termsOf(place: number): TermVector {
    const ids = this.#idsOf(place);
    const start = this.#rows.starts.at(place);
    return { ids, weights: this.#rows.weights.values.subarray(start, start + ids.length) };
  }

  /** Weights of the unit vector, with the idf in so many documents. */
  #weigh({ ids, weights }: TermVector, documents: number, unseen: Unseen = "counted"): Float32Array {
    const frequencies = this.#rows.documentFrequencies;
    const weighed = new Float32Array(ids.length);
    let squares = 0;
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at]!;
      const frequency = id !== strange && id < frequencies.length ? frequencies.at(id) : 0;
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
