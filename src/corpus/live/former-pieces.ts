import type { ReadBlock } from "./read-block.ts";
import { type TextChange, textChange } from "./text-change.ts";

/** Where the prose of a text begins and ends, and what else all of it says to each of its pieces, as a number. */
export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly key?: number;
}

/** The keys of an extent with which something is read alike; `below` is none of them. */
export interface Keys {
  readonly least: number;
  readonly below: number;
}

/** A piece that is read for itself, and again only where an edit may tell. */
export interface Piece extends ReadBlock {
  readonly length: number;
  /** What the pieces before it say, and what it and they say to those behind it. */
  readonly before: string;
  readonly after: string;
  /** So many signs from its start on tell how it is read. */
  readonly looks: number;
  /** Undefined: with all. */
  readonly keys: Keys | undefined;
}

/** The pieces of one version of a text, from its start on, and where they stand. */
export interface Pieces {
  readonly source: string;
  readonly extent: Extent;
  readonly list: readonly Piece[];
  readonly starts: readonly number[];
}

/** So many signs before a piece may tell how it is read. */
const LOOK_BEHIND = 64;

/** Those of a version before, for another version that may take them over. */
export class FormerPieces {
  readonly pieces: Pieces;
  readonly #change: TextChange;
  readonly #isSameExtent: boolean;
  readonly #key: number;

  constructor(pieces: Pieces, source: string, { end, key = 0 }: Extent) {
    this.pieces = pieces;
    this.#change = textChange(pieces.source, source);
    const { from, toBefore } = this.#change;
    const { extent } = pieces;
    const formerEnd = extent.end >= toBefore ? extent.end + this.#longer : extent.end;
    const isEdited = extent.end > from && extent.end < toBefore;
    this.#key = key;
    this.#isSameExtent = !isEdited && formerEnd === end;
  }

  /** What can be taken over from a place of the new version on, of which so much has been said. */
  *from(at: number, state: string): Generator<Piece> {
    const { list, starts } = this.pieces;
    const { from, toAfter } = this.#change;
    if (!this.#isSameExtent || (at > from && at < toAfter)) return;
    const start = at <= from ? at : at - this.#longer;
    const first = indexAt(starts, start);
    if (starts[first] !== start || list[first]!.before !== state) return;
    for (let index = first; index < list.length && this.#isUntouched(index); index++) yield list[index]!;
  }

  /** By so much the new version is longer. */
  get #longer(): number {
    return this.#change.toAfter - this.#change.toBefore;
  }

  #isUntouched(index: number): boolean {
    const start = this.pieces.starts[index]!;
    const { keys, looks } = this.pieces.list[index]!;
    if (keys !== undefined && (this.#key < keys.least || this.#key >= keys.below)) return false;
    const { from, toBefore } = this.#change;
    return start + looks <= from || start >= toBefore + LOOK_BEHIND;
  }
}

/** Of rising starts the last that lies at a place or before it; -1 where there is none. */
export function indexAt(starts: readonly number[], place: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
