import type { Keys } from "../../live/former-pieces.ts";

/** More than any width is. */
export const inCodes = 1_000;

/** How long the lines of a text are, which notes what it was asked: other widths may give the same answers. */
export class WrappedWidth {
  readonly #key: number;
  readonly #least: number;
  #alike: Keys;

  constructor(key: number) {
    this.#key = key;
    this.#least = key < inCodes ? 0 : inCodes;
    this.#alike = this.#every;
  }

  /** Whether signs stand as codes, and a line that ends in `=` goes on. */
  get isInCodes(): boolean {
    return this.#least > 0;
  }

  reaches(length: number): boolean {
    const { least, below } = this.#alike;
    const key = length + this.#least;
    const reaches = key <= this.#key;
    this.#alike = reaches ? { least: Math.max(least, key), below } : { least, below: Math.min(below, key) };
    return reaches;
  }

  /** The widths with which all that was asked since this was called last would have been answered alike. */
  takeAlike(): Keys {
    const alike = this.#alike;
    this.#alike = this.#every;
    return alike;
  }

  get #every(): Keys {
    return { least: this.#least, below: this.#least + inCodes };
  }
}
