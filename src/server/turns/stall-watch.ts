/** How exactly a stall is measured. */
const intervalMs = 5;

/**
 * Measures for how long the process was held and could hear nobody. It looks only between `start` and
 * `stop`: an idle server must not wake the processor. (Node's own histogram of delays counts the time
 * in which it was switched off.)
 */
export class StallWatch {
  #timer: NodeJS.Timeout | undefined;
  #lastMs = 0;
  #longestMs = 0;

  get longestMs(): number {
    return this.#longestMs;
  }

  start(): void {
    this.#lastMs = performance.now();
    this.#timer ??= setInterval(() => this.#look(), intervalMs).unref();
  }

  stop(): void {
    this.#look();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const nowMs = performance.now();
    this.#longestMs = Math.max(this.#longestMs, nowMs - this.#lastMs - intervalMs);
    this.#lastMs = nowMs;
  }
}
