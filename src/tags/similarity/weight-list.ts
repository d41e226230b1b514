/** What is not used yet of a long row takes no memory, and copying rows takes time. */
const growth = 2;

/** Numbers in 32-bit floats in a row that grows. */
export class WeightList {
  #values = new Float32Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The numbers so far, and zeros after them. What is pushed later need not show in it. */
  get values(): Float32Array {
    return this.#values;
  }

  pushAll(values: Float32Array): void {
    const length = this.#length + values.length;
    if (length > this.#values.length) {
      const grown = new Float32Array(Math.ceil(length * growth));
      grown.set(this.#values.subarray(0, this.#length));
      this.#values = grown;
    }
    this.#values.set(values, this.#length);
    this.#length = length;
  }
}
