export interface EarlyStoppingOptions {
  /** How many measurements in a row may bring no improvement before learning stops. */
  readonly patience: number;
  /** A loss counts as better only if it lies below the best by more than this; 0 if absent. */
  readonly minimumGain?: number;
}

/** What is kept between two runs; survives JSON. The best is absent before the first finite loss. */
export interface EarlyStoppingState {
  readonly best?: { readonly loss: number; readonly step: number };
  readonly withoutGain: number;
}

export type Verdict = "better" | "no-better" | "stop";

/** Watches the held-out loss and says when to stop; keeping the best weights is the caller's part. */
export class EarlyStopping {
  readonly #patience: number;
  readonly #minimumGain: number;
  #state: EarlyStoppingState;

  constructor(options: EarlyStoppingOptions, state: EarlyStoppingState = { withoutGain: 0 }) {
    this.#patience = options.patience;
    this.#minimumGain = options.minimumGain ?? 0;
    this.#state = state;
  }

  get state(): EarlyStoppingState {
    return this.#state;
  }

  /** Takes a held-out loss measured after `step`; one that is not finite is never better. */
  observe(loss: number, step: number): Verdict {
    const best = this.#state.best;
    if (Number.isFinite(loss) && (best === undefined || loss < best.loss - this.#minimumGain)) {
      this.#state = { best: { loss, step }, withoutGain: 0 };
      return "better";
    }
    const withoutGain = this.#state.withoutGain + 1;
    this.#state = { ...this.#state, withoutGain };
    return withoutGain >= this.#patience ? "stop" : "no-better";
  }
}
