import { grownBuffer, largerBuffer } from "./grown-buffer.ts";

/** Numbers in 32-bit floats in a row that grows. */
export class WeightList {
  #values = new Float32Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The numbers so far, and zeros after them: they hold until the next ones are pushed. */
  get values(): Float32Array {
    return this.#values;
  }

  /** Makes room for so many numbers. */
  reserve(length: number): void {
    if (length <= this.#values.length) return;
    this.#values = new Float32Array(
      largerBuffer(this.#values.buffer, length * Float32Array.BYTES_PER_ELEMENT),
    );
  }

  pushAll(values: Float32Array): void {
    const length = this.#length + values.length;
    if (length > this.#values.length) {
      this.#values = new Float32Array(
        grownBuffer(this.#values.buffer, length * Float32Array.BYTES_PER_ELEMENT),
      );
    }
    this.#values.set(values, this.#length);
    this.#length = length;
  }
}
