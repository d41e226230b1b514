import { mixed } from "./term-hash.ts";

const fewestSlots = 64;
/** Fuller tables are searched for too long. */
const mostFull = 0.6;

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
    const slot = slotOf(this.#slots, hash);
    const found = this.#slots[slot + 1]!;
    if (found !== 0) return found - 1;
    this.#size += 1;
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = this.#size;
    if (2 * this.#size > mostFull * this.#slots.length) this.#grow();
    return this.#size - 1;
  }

  #grow(): void {
    const former = this.#slots;
    const slots = new Int32Array(2 * former.length);
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
