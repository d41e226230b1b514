import { IntegerList } from "./integer-list.ts";

const fewestSlots = 64;
/** Fuller tables are searched for too long. */
const mostFull = 0.75;

/**
 * Numbers pairs of whole numbers in the order in which they first come: a hash table with open addresses
 * (Knuth, The Art of Computer Programming 3, 6.4, algorithm L). Some 16 bytes a pair, where a map of texts
 * takes about a hundred.
 */
export class PairNumbers {
  readonly #firsts = new IntegerList();
  readonly #seconds = new IntegerList();
  /** The pair's number plus one; 0 where a slot is free. */
  #slots = new Int32Array(fewestSlots);

  get size(): number {
    return this.#firsts.length;
  }

  /** Undefined for a pair that was never added. */
  of(first: number, second: number): number | undefined {
    const found = this.#slots[this.#slotOf(first, second)]!;
    return found === 0 ? undefined : found - 1;
  }

  /** The pair's number, a new one where it has none yet. */
  add(first: number, second: number): number {
    const slot = this.#slotOf(first, second);
    const found = this.#slots[slot]!;
    if (found !== 0) return found - 1;
    const number = this.size;
    this.#firsts.push(first);
    this.#seconds.push(second);
    this.#slots[slot] = number + 1;
    if (this.size > mostFull * this.#slots.length) this.#grow();
    return number;
  }

  /** The slot that the pair has, or would get. */
  #slotOf(first: number, second: number): number {
    const last = this.#slots.length - 1;
    let slot = mixed(first, second) & last;
    for (;;) {
      const found = this.#slots[slot]!;
      if (found === 0) return slot;
      if (this.#firsts.at(found - 1) === first && this.#seconds.at(found - 1) === second) return slot;
      slot = (slot + 1) & last;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let number = 0; number < this.size; number++) {
      this.#slots[this.#slotOf(this.#firsts.at(number), this.#seconds.at(number))] = number + 1;
    }
  }
}

/** Spreads pairs over 32 bits (the finisher of MurmurHash3). */
function mixed(first: number, second: number): number {
  let bits = Math.imul(first, 0x9e3779b1) ^ second;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
