import { grownBuffer, largerBuffer } from "./grown-buffer.ts";

/** Whole numbers of 32 bits in a row that grows; an array of JavaScript takes twice the room. */
export class IntegerList {
  #values = new Int32Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The numbers so far. A view, which holds until the next one is pushed. */
  get values(): Int32Array {
    return this.#values.subarray(0, this.#length);
  }

  at(place: number): number {
    return this.#values[place]!;
  }

  set(place: number, value: number): void {
    this.#values[place] = value;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow(this.#length + 1);
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** Adds zeros until there are at least so many numbers. */
  lengthen(length: number): void {
    if (length > this.#values.length) this.#grow(length);
    this.#length = Math.max(this.#length, length);
  }

  /** Makes room for so many numbers. */
  reserve(length: number): void {
    if (length <= this.#values.length) return;
    this.#values = new Int32Array(largerBuffer(this.#values.buffer, length * Int32Array.BYTES_PER_ELEMENT));
  }

  pushAll(values: Int32Array): void {
    const length = this.#length + values.length;
    if (length > this.#values.length) this.#grow(length);
    this.#values.set(values, this.#length);
    this.#length = length;
  }

  #grow(length: number): void {
    this.#values = new Int32Array(grownBuffer(this.#values.buffer, length * Int32Array.BYTES_PER_ELEMENT));
  }
}
