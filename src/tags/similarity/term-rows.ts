import type { TermCounts } from "./document-terms.ts";
import { IntegerList } from "./integer-list.ts";
import { TermNumbers } from "./term-numbers.ts";
import { WeightList } from "./weight-list.ts";

/** Which terms of a document count: those that stand first, its single words, or all of them. */
export type TermRange = "first" | "all";

/**
 * The terms of documents by their numbers, all in a row. An index of words and one of words and pairs share them, for a
 * document's words are the first of its words and pairs.
 */
export class TermRows {
  readonly #numbers: TermNumbers;
  readonly ids = new IntegerList();
  readonly weights = new WeightList();
  /** Where the terms of each document begin. */
  readonly starts = new IntegerList();
  /** By number of the term: in how many documents it is. */
  readonly documentFrequencies = new IntegerList();
  /** Where those of each document that stand first end. */
  readonly #firstEnds = new IntegerList();

  /** @param numbers may be shared with other rows */
  constructor(numbers: TermNumbers = new TermNumbers()) {
    this.#numbers = numbers;
    this.starts.push(0);
  }

  /** Documents that were added. */
  get size(): number {
    return this.starts.length - 1;
  }

  /** Adds the next document. @param first how many of its terms stand first; all of them if absent */
  add({ hashes, weights }: TermCounts, first = hashes.length): void {
    this.#firstEnds.push(this.ids.length + first);
    const ids = this.#numbers.addAll(hashes);
    this.ids.pushAll(ids);
    this.weights.pushAll(weights);
    this.documentFrequencies.lengthen(this.#numbers.size);
    const frequencies = this.documentFrequencies.values;
    for (let at = 0; at < ids.length; at++) frequencies[ids[at]!]! += 1;
    this.starts.push(this.ids.length);
  }

  /** The number of a term; undefined where no document has it. */
  numberOf(hash: number): number | undefined {
    return this.#numbers.of(hash);
  }

  /** For each document where the terms of a range end. */
  endsOf(range: TermRange): Int32Array {
    return range === "first" ? this.#firstEnds.values : this.starts.values.subarray(1);
  }

  /** Where the terms of one document end. */
  endOf(place: number, range: TermRange): number {
    return range === "first" ? this.#firstEnds.at(place) : this.starts.at(place + 1);
  }
}
