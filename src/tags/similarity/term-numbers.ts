import { mixed } from "./term-hash.ts";

const fewestSlots = 64;
/** Fuller tables are searched for too long. */
const mostFull = 0.6;
const growth = 2;

/**
 * Numbers terms, given by their bits, in the order in which they first come: a hash table with open addresses (Knuth, The
 * Art of Computer Programming 3, 6.4, algorithm L). Some 13 bytes a term, where a map takes about fifty. Several indexes
 * may share it.
 */
export class TermNumbers {
  /** For each slot the bits of its term and, beside them, the term's number plus one; 0 where it is free. */
  #slots = new Int32Array(2 * fewestSlots);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Undefined for a term that was never added. */
  of(hash: number): number | undefined {
    const found = this.#slots[slotOf(this.#slots, hash) + 1]!;
    return found === 0 ? undefined : found - 1;
  }

  /** The term's number, a new one where it has none yet. */
  add(hash: number): number {
    return this.addAll(Int32Array.of(hash))[0]!;
  }

  /** As `add`, of many. */
  addAll(hashes: Int32Array): Int32Array {
    const most = this.#size + hashes.length;
    while (2 * most > mostFull * this.#slots.length) this.#grow();
    const slots = this.#slots;
    const numbers = new Int32Array(hashes.length);
    for (let at = 0; at < hashes.length; at++) {
      const slot = slotOf(slots, hashes[at]!);
      if (slots[slot + 1] === 0) {
        this.#size += 1;
        slots[slot] = hashes[at]!;
        slots[slot + 1] = this.#size;
      }
      numbers[at] = slots[slot + 1]! - 1;
    }
    return numbers;
  }

  #grow(): void {
    const former = this.#slots;
    const slots = new Int32Array(growth * former.length);
    for (let at = 0; at < former.length; at += 2) {
      if (former[at + 1] === 0) continue;
      const slot = slotOf(slots, former[at]!);
      slots[slot] = former[at]!;
      slots[slot + 1] = former[at + 1]!;
    }
    this.#slots = slots;
  }
}

/** Where the term is, or would be. */
function slotOf(slots: Int32Array, hash: number): number {
  const last = slots.length - 1;
  let slot = (mixed(hash) << 1) & last;
  while (slots[slot + 1] !== 0 && slots[slot] !== hash) slot = (slot + 2) & last;
  return slot;
}
