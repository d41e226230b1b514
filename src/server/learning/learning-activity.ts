/** After this time without a sign of the user the learner may take longer runs. */
const activeForMs = 5_000;

/** Knows whether the user has typed or asked for something in the last seconds. */
export class UserActivity {
  readonly #changed: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param changed called when the user comes and when the user has gone */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isActive(): boolean {
    return this.#timer !== undefined;
  }

  /** The user has done something. */
  note(): void {
    if (this.#timer !== undefined) {
      this.#timer.refresh();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#changed();
    }, activeForMs).unref();
    this.#changed();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
