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
    if (this.#length === this.#values.length) {
      const grown = new Int32Array(Math.ceil(this.#length * growth));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }
}

const growth = 1.5;
