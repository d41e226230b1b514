import { IntegerList } from "./integer-list.ts";

/**
 * Where documents lie in a list that has what belongs to each of them in one run. Runs come in any order; a document takes
 * its run when its place among the documents is known.
 */
export class RowSpans {
  /** Where each run begins, and then where the last one ends. */
  readonly #bounds = new IntegerList();
  /** By place of the document. */
  readonly starts = new IntegerList();
  readonly ends = new IntegerList();

  constructor() {
    this.#bounds.push(0);
  }

  /** Documents that have a place. */
  get size(): number {
    return this.starts.length;
  }

  /** Runs that were added. */
  get runs(): number {
    return this.#bounds.length - 1;
  }

  /** Adds the next runs, given how long each of them is. */
  hold(lengths: Int32Array): void {
    let end = this.#bounds.at(this.runs);
    for (const length of lengths) {
      end += length;
      this.#bounds.push(end);
    }
  }

  /** Gives the next place to the document of a run. */
  admit(run: number): void {
    this.starts.push(this.#bounds.at(run));
    this.ends.push(this.#bounds.at(run + 1));
  }

  lengthAt(place: number): number {
    return this.ends.at(place) - this.starts.at(place);
  }
}

/** What documents have in one run after the other, and how much of it each of them has. */
export interface Runs<List> {
  readonly values: List;
  readonly lengths: Int32Array;
}
