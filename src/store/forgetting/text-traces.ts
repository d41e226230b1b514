import { createHash } from "node:crypto";

/** Lengths of the stretches that are looked for, in bytes. Shorter values prove nothing: any file has such bytes. */
const lengths = [24, 8] as const;
/** A stretch of fewer different bytes, such as the zeros of an empty page, proves nothing either. */
const leastVariety = 4;
const digestBytes = 8;

/**
 * Traces of texts and other bytes, for finding out whether any of them is still somewhere. Only hashes are held, of a
 * stretch at the head, in the middle and at the end of each value, so that they may be written down.
 */
export class TextTraces {
  readonly #bySize = lengths.map((length) => new Stretches(length));

  get count(): number {
    return this.#bySize.reduce((sum, { count }) => sum + count, 0);
  }

  /** Looks for this value from now on. */
  add(value: Uint8Array): void {
    const stretches = this.#bySize.find(({ length }) => value.length >= length);
    if (stretches === undefined) return;
    const last = value.length - stretches.length;
    for (const start of new Set([0, last >> 1, last])) {
      stretches.add(value.subarray(start, start + stretches.length));
    }
  }

  /** Looks no more for what is in these bytes: it has a right to be there. */
  dropFoundIn(bytes: Uint8Array): void {
    for (const stretches of this.#bySize) {
      stretches.scan(bytes, (hash, digest) => {
        stretches.drop(hash, digest);
        return false;
      });
    }
  }

  isIn(bytes: Uint8Array): boolean {
    return this.#bySize.some((stretches) => stretches.scan(bytes, () => true));
  }

  /** Moves those that are in these bytes over to `found`. */
  moveFoundIn(bytes: Uint8Array, found: TextTraces): void {
    this.#bySize.forEach((stretches, at) => {
      stretches.scan(bytes, (hash, digest) => {
        stretches.drop(hash, digest);
        found.#bySize[at]!.addHashed(hash, digest);
        return false;
      });
    });
  }

  addAll(others: TextTraces): void {
    others.#bySize.forEach((stretches, at) => {
      for (const [hash, digests] of stretches.entries()) this.#bySize[at]!.addHashed(hash, digests);
    });
  }

  toBytes(): Uint8Array {
    return Buffer.from(JSON.stringify(this.#bySize.map((stretches) => stretches.entries())));
  }

  /** Adds what `toBytes` has given. */
  addBytes(bytes: Uint8Array): void {
    const kept: readonly (readonly (readonly [number, string])[])[] = JSON.parse(
      Buffer.from(bytes).toString(),
    );
    kept.forEach((entries, at) => {
      for (const [hash, digests] of entries) this.#bySize[at]?.addHashed(hash, digests);
    });
  }
}

/** The longest stretch: blocks of a file have to overlap by one byte less, so that none is missed between two. */
export const longestStretch = lengths[0];

const factor = 0x01000193;

/** Stretches of one length, found with a rolling hash (Karp and Rabin 1987) and made sure of with SHA-256. */
class Stretches {
  readonly length: number;
  /** What the byte that leaves the stretch has contributed. */
  readonly #top: number;
  readonly #digests = new Map<number, string>();
  /** A bit for each 24-bit prefix of a hash that is looked for: nearly all places end here. */
  readonly #prefixes = new Uint8Array(1 << 21);

  constructor(length: number) {
    this.length = length;
    this.#top = Array.from({ length: length - 1 }).reduce<number>((power) => Math.imul(power, factor), 1);
  }

  get count(): number {
    return this.#digests.size;
  }

  add(stretch: Uint8Array): void {
    if (new Set(stretch).size >= leastVariety) this.addHashed(this.#hashOf(stretch), digestOf(stretch));
  }

  addHashed(hash: number, digests: string): void {
    const known = this.#digests.get(hash);
    if (known?.includes(digests)) return;
    this.#digests.set(hash, `${known ?? ""}${digests}`);
    const prefix = hash >>> 8;
    this.#prefixes[prefix >> 3]! |= 1 << (prefix & 7);
  }

  drop(hash: number, digest: string): void {
    const rest = this.#digests.get(hash)?.replace(digest, "") ?? "";
    if (rest === "") this.#digests.delete(hash);
    else this.#digests.set(hash, rest);
  }

  entries(): readonly (readonly [number, string])[] {
    return [...this.#digests];
  }

  /** Gives each place that is looked for to `found`, until that answers true. */
  scan(bytes: Uint8Array, found: (hash: number, digest: string) => boolean): boolean {
    if (bytes.length < this.length || this.#digests.size === 0) return false;
    let hash = this.#hashOf(bytes);
    for (let end = this.length; ; end += 1) {
      const prefix = hash >>> 8;
      if ((this.#prefixes[prefix >> 3]! & (1 << (prefix & 7))) !== 0 && this.#digests.has(hash)) {
        const digest = digestOf(bytes.subarray(end - this.length, end));
        if (this.#digests.get(hash)?.includes(digest) && found(hash, digest)) return true;
      }
      if (end >= bytes.length) return false;
      hash = (Math.imul(hash - Math.imul(bytes[end - this.length]!, this.#top), factor) + bytes[end]!) | 0;
    }
  }

  /** Of the first bytes. */
  #hashOf(bytes: Uint8Array): number {
    let hash = 0;
    for (let at = 0; at < this.length; at += 1) hash = (Math.imul(hash, factor) + bytes[at]!) | 0;
    return hash;
  }
}

function digestOf(stretch: Uint8Array): string {
  return createHash("sha256")
    .update(stretch)
    .digest("hex")
    .slice(0, 2 * digestBytes);
}
