const windowMs = 3 * 60 * 1000;
const mostEnds = 5;

/** Decides whether a server that has ended by itself is worth starting again: not after five ends in three minutes. */
export class RestartLimit {
  readonly #now: () => number;
  #endsMs: readonly number[] = [];

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes one more end. True: start again. */
  allowsAnother(): boolean {
    const now = this.#now();
    this.#endsMs = [...this.#endsMs.filter((ended) => now - ended < windowMs), now];
    return this.#endsMs.length < mostEnds;
  }

  forget(): void {
    this.#endsMs = [];
  }
}
