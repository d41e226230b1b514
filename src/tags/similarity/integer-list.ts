/** What is not used yet of a long row takes no memory, and copying rows takes time. */
const growth = 2;

/** Whole numbers of 32 bits in a row that grows; an array of JavaScript takes twice the room. */
export class IntegerList {
  #values = new Int32Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The numbers so far. A view: what is pushed later need not show in it. */
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

  pushAll(values: Int32Array): void {
    const length = this.#length + values.length;
    if (length > this.#values.length) this.#grow(length);
    this.#values.set(values, this.#length);
    this.#length = length;
  }

  #grow(length: number): void {
    const grown = new Int32Array(Math.ceil(growth * length));
    grown.set(this.#values);
    this.#values = grown;
  }
}
