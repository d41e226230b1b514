/** How often a process that ended by itself is started again: a server that ends five times, a learner four times. */
export const restartLimits = {
  server: { most: 4, withinMs: 3 * 60 * 1000 },
  learner: { most: 3, withinMs: 10 * 60 * 1000 },
} as const;

/** Counts how often a process was started again, so that one that ends for good reason is let go. */
export class RestartLimit {
  readonly #limit: (typeof restartLimits)[keyof typeof restartLimits];
  readonly #now: () => number;
  #restartsMs: readonly number[] = [];

  /** `now` in milliseconds. */
  constructor(limit: (typeof restartLimits)[keyof typeof restartLimits], now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Whether it may be started once more; if so, that counts. */
  allowsAnother(): boolean {
    const now = this.#now();
    this.#restartsMs = this.#restartsMs.filter((restartMs) => now - restartMs < this.#limit.withinMs);
    if (this.#restartsMs.length >= this.#limit.most) return false;
    this.#restartsMs = [...this.#restartsMs, now];
    return true;
  }

  forget(): void {
    this.#restartsMs = [];
  }
}
