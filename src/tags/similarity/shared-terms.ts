import type { TermVector } from "./term-rows.ts";

const once = -1;

/**
 * Inner products among some documents, of the terms alone that are in two of them or more: all others are multiplied by
 * nothing. Of the pairs of words of a text that are few, and their numbers are small and lie close together. What is added,
 * and in which order, is as with all terms, so products are the same to the bit.
 */
export class SharedTerms {
  readonly #first: number;
  readonly #rows: readonly TermVector[];
  /** One document's weight of each shared term; all 0 between two of them. */
  readonly #weights: Float32Array;

  /**
   * @param documents by place, from `first` on
   * @param vocabularySize one more than the highest number of a term
   */
  constructor(documents: readonly TermVector[], first: number, vocabularySize: number) {
    /** By number of the term: 0, `once`, or one more than its number among those that are shared. */
    const numbers = new Int32Array(vocabularySize);
    let shared = 0;
    for (const { ids } of documents) {
      for (let at = 0; at < ids.length; at++) {
        const id = ids[at]!;
        if (numbers[id] === once) shared += 1;
        if (numbers[id]! <= 0) numbers[id] = numbers[id] === once ? shared : once;
      }
    }
    this.#first = first;
    this.#rows = documents.map((document) => sharedOf(document, numbers));
    this.#weights = new Float32Array(shared);
  }

  /** Of the document at a place with others. [places] */
  products(place: number, places: readonly number[]): Float32Array {
    const own = this.#rows[place - this.#first]!;
    const weights = this.#weights;
    for (let at = 0; at < own.ids.length; at++) weights[own.ids[at]!] = own.weights[at]!;
    const products = new Float32Array(places.length);
    for (let at = 0; at < products.length; at++) {
      products[at] = productOf(this.#rows[places[at]! - this.#first]!, weights);
    }
    for (let at = 0; at < own.ids.length; at++) weights[own.ids[at]!] = 0;
    return products;
  }
}

function productOf({ ids, weights }: TermVector, others: Float32Array): number {
  let product = 0;
  for (let at = 0; at < ids.length; at++) product += weights[at]! * others[ids[at]!]!;
  return product;
}

function sharedOf({ ids, weights }: TermVector, numbers: Int32Array): TermVector {
  let count = 0;
  for (let at = 0; at < ids.length; at++) if (numbers[ids[at]!]! > 0) count += 1;
  const own = { ids: new Int32Array(count), weights: new Float32Array(count) };
  count = 0;
  for (let at = 0; at < ids.length; at++) {
    const number = numbers[ids[at]!]!;
    if (number <= 0) continue;
    own.ids[count] = number - 1;
    own.weights[count] = weights[at]!;
    count += 1;
  }
  return own;
}
