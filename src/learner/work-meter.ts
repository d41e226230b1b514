/**
 * Measures how much of the work is done and how long the rest will take. Work is counted in tokens that
 * pass forward through the model, which nearly all of the time goes into.
 */
export class WorkMeter {
  readonly #clock: () => number;
  #startMs: number;
  #total = 0;
  #done = 0;
  /** Done in an earlier process, so no measure of this one's speed. */
  #inherited = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
    this.#startMs = clock();
  }

  /** Sets the whole, of which nothing is done; the clock for the speed starts. */
  plan(total: number): void {
    this.#total = total;
    this.#done = 0;
    this.#inherited = 0;
    this.#startMs = this.#clock();
  }

  add(work: number): void {
    this.#done += work;
  }

  /** Work that an earlier run did, or that turned out not to be needed. */
  skip(work: number): void {
    this.#done += work;
    this.#inherited += work;
  }

  /** All but `left` is done: what was planned and not counted turned out not to be needed. */
  finish(left = 0): void {
    this.skip(this.#total - this.#done - left);
  }

  get left(): number {
    return Math.max(0, this.#total - this.#done);
  }

  get fraction(): number {
    return this.#total === 0 ? 0 : Math.min(1, this.#done / this.#total);
  }

  get secondsLeft(): number | undefined {
    const own = this.#done - this.#inherited;
    if (own <= 0) {
      return undefined;
    }
    const seconds = (this.#clock() - this.#startMs) / 1000;
    return (seconds / own) * this.left;
  }
}
