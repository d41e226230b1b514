import type { TermCounts } from "./document-terms.ts";
import { IntegerList } from "./integer-list.ts";
import { RowSpans } from "./row-spans.ts";
import { TermNumbers } from "./term-numbers.ts";
import { WeightList } from "./weight-list.ts";

/** Which terms of a document count: those that stand first, its single words, or all of them. */
export type TermRange = "first" | "all";

/** A vector by the numbers of terms. */
export interface TermVector {
  readonly ids: Int32Array;
  readonly weights: Float32Array;
}

/** Terms of documents, one after the other, by numbers that the owner of the rows has given them. */
export interface NumberedTerms extends TermVector {
  /** How many each document has, and how many of these stand first. */
  readonly lengths: Int32Array;
  readonly firsts: Int32Array;
}

/**
 * The terms of documents by their numbers, all in a row. An index of words and one of words and pairs share them, for a
 * document's words are the first of its words and pairs.
 */
export class TermRows {
  readonly #numbers: TermNumbers;
  readonly ids = new IntegerList();
  readonly weights = new WeightList();
  /** By number of the term: in how many documents it is. */
  readonly documentFrequencies = new IntegerList();
  readonly #spans = new RowSpans();
  /** How many terms of each run stand first, and by place of the document where these end. */
  readonly #firsts = new IntegerList();
  readonly #firstEnds = new IntegerList();

  /** @param numbers may be shared with other rows */
  constructor(numbers: TermNumbers = new TermNumbers()) {
    this.#numbers = numbers;
  }

  /** Documents that were added. */
  get size(): number {
    return this.#spans.size;
  }

  /** By place of the document where its terms begin. */
  get starts(): IntegerList {
    return this.#spans.starts;
  }

  /** Adds the next document. @param first how many of its terms stand first; all of them if absent */
  add({ hashes, weights }: TermCounts, first = hashes.length): void {
    const ids = this.#numbers.addAll(hashes);
    this.hold({ ids, weights, lengths: Int32Array.of(ids.length), firsts: Int32Array.of(first) });
    this.admit(this.#spans.runs - 1);
  }

  /** Holds the terms of documents that get their places later. */
  hold({ ids, weights, lengths, firsts }: NumberedTerms): void {
    this.ids.pushAll(ids);
    this.weights.pushAll(weights);
    this.#spans.hold(lengths);
    this.#firsts.pushAll(firsts);
  }

  /** Makes room for so many documents, as long as those so far. */
  reserve(documents: number): void {
    const terms = Math.ceil((this.ids.length * documents) / this.#spans.runs);
    this.ids.reserve(terms);
    this.weights.reserve(terms);
  }

  /** Gives the next place to a document that is held. */
  admit(run: number): void {
    this.#spans.admit(run);
    const place = this.#spans.size - 1;
    const [start, end] = [this.starts.at(place), this.#spans.ends.at(place)];
    this.#firstEnds.push(start + this.#firsts.at(run));
    this.documentFrequencies.lengthen(this.#numbers.size);
    const frequencies = this.documentFrequencies.values;
    const ids = this.ids.values;
    for (let at = start; at < end; at++) frequencies[ids[at]!]! += 1;
  }

  /** The number of a term; undefined where no document has it. */
  numberOf(hash: number): number | undefined {
    return this.#numbers.of(hash);
  }

  /** For each document where the terms of a range end. */
  endsOf(range: TermRange): Int32Array {
    return range === "first" ? this.#firstEnds.values : this.#spans.ends.values;
  }

  /** Where the terms of one document end. */
  endOf(place: number, range: TermRange): number {
    return range === "first" ? this.#firstEnds.at(place) : this.#spans.ends.at(place);
  }
}
