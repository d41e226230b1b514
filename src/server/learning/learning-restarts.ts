/** So many deaths of the learner are put up with … */
const mostRestarts = 3;
/** … within this time. */
const withinMs = 10 * 60 * 1000;

/** Counts how often a process was started again, so that one that dies for good reason is let go. */
export class RestartLimit {
  readonly #clock: () => number;
  #restartsMs: number[] = [];

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Whether it may be started once more; if so, that counts. */
  allowsOneMore(): boolean {
    const nowMs = this.#clock();
    this.#restartsMs = this.#restartsMs.filter((restartMs) => nowMs - restartMs < withinMs);
    if (this.#restartsMs.length >= mostRestarts) return false;
    this.#restartsMs.push(nowMs);
    return true;
  }
}
