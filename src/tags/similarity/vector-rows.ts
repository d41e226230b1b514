import { grownBuffer, largerBuffer } from "./grown-buffer.ts";
import { RowSpans, type Runs } from "./row-spans.ts";

/** Numbers from −1 to 1 in 16 bits: half the room, and cosines differ in the fifth place. */
export type ShortVector = Int16Array;

const scale = 32_767;

/** A unit-length vector in 16 bits a number. */
export function shortVector(vector: Float32Array): ShortVector {
  const short = new Int16Array(vector.length);
  for (let at = 0; at < short.length; at++) short[at] = Math.round(vector[at]! * scale);
  return short;
}

/** Some unit-length vectors of each document, by place: all in one row of numbers. */
export class VectorRows {
  #values = new Int16Array(0);
  /** Counted in vectors. */
  readonly #spans = new RowSpans();
  #count = 0;
  #length = 0;

  /** Documents that were added. */
  get size(): number {
    return this.#spans.size;
  }

  /** Whether no document has a vector. */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Adds the vectors of the next document, all of one length. */
  add(vectors: readonly (Float32Array | ShortVector)[]): void {
    for (const vector of vectors) {
      this.#push(vector instanceof Float32Array ? shortVector(vector) : vector, 1);
    }
    this.#spans.hold(Int32Array.of(vectors.length));
    this.admit(this.#spans.runs - 1);
  }

  /** Holds the vectors of documents that get their places later. @param runs lengths are counted in vectors */
  hold({ values, lengths }: Runs<ShortVector>): void {
    const vectors = lengths.reduce((sum, count) => sum + count, 0);
    if (vectors > 0) this.#push(values, vectors);
    this.#spans.hold(lengths);
  }

  /** Makes room for so many documents, with as many vectors as those so far. */
  reserve(documents: number): void {
    const vectors = Math.ceil((this.#count * documents) / this.#spans.runs);
    const bytes = vectors * this.#length * Int16Array.BYTES_PER_ELEMENT;
    if (bytes > this.#values.byteLength) {
      this.#values = new Int16Array(largerBuffer(this.#values.buffer, bytes));
    }
  }

  /** Gives the next place to a document that is held. */
  admit(run: number): void {
    this.#spans.admit(run);
  }

  countAt(place: number): number {
    return this.#spans.lengthAt(place);
  }

  /** A document's first vector; undefined where it has none. */
  firstAt(place: number): Float32Array | undefined {
    if (this.countAt(place) === 0) return undefined;
    const start = this.#spans.starts.at(place) * this.#length;
    return Float32Array.from(this.#values.subarray(start, start + this.#length), (value) => value / scale);
  }

  /** The cosine of a vector with one of a document's. */
  cosine(vector: Float32Array, place: number, nth = 0): number {
    const start = (this.#spans.starts.at(place) + nth) * this.#length;
    return dotOfShorts(vector, this.#values, start) / scale;
  }

  /** Cosines of a vector with the first one of some documents; 0 for one that has none. [places] */
  firstCosines(vector: Float32Array, places: readonly number[]): Float32Array {
    const cosines = new Float32Array(places.length);
    for (let at = 0; at < cosines.length; at++) {
      const place = places[at]!;
      if (this.countAt(place) > 0) cosines[at] = this.cosine(vector, place);
    }
    return cosines;
  }

  /** Adds a document's first vector to a sum, which `asVector` makes one of vectors. */
  addFirstTo(sum: Float64Array, place: number): void {
    if (this.countAt(place) === 0) return;
    const values = this.#values;
    const start = this.#spans.starts.at(place) * this.#length;
    for (let at = 0; at < sum.length; at++) sum[at]! += values[start + at]!;
  }

  /** A sum of vectors as one. */
  asVector(sum: Float64Array): Float32Array {
    return Float32Array.from(sum, (value) => value / scale);
  }

  #push(values: ShortVector, vectors: number): void {
    this.#length = values.length / vectors;
    const start = this.#count * this.#length;
    const end = start + values.length;
    if (end > this.#values.length) {
      this.#values = new Int16Array(grownBuffer(this.#values.buffer, end * Int16Array.BYTES_PER_ELEMENT));
    }
    this.#values.set(values, start);
    this.#count += vectors;
  }
}

/** As `dot` of numbers/vectors.ts, with numbers of 16 bits from `start` on. */
function dotOfShorts(a: Float32Array, b: ShortVector, start: number): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let at = 0;
  for (; at + 3 < a.length; at += 4) {
    sum0 += a[at]! * b[start + at]!;
    sum1 += a[at + 1]! * b[start + at + 1]!;
    sum2 += a[at + 2]! * b[start + at + 2]!;
    sum3 += a[at + 3]! * b[start + at + 3]!;
  }
  for (; at < a.length; at++) sum0 += a[at]! * b[start + at]!;
  return sum0 + sum1 + (sum2 + sum3);
}
