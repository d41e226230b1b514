/** Calls back once nothing has happened for a while; something that happens begins the wait anew. */
export interface IdleTimer {
  restart(): void;
  stop(): void;
}

/** Begins to wait with the first `restart`. Does not keep the process alive. */
export function startIdleTimer(waitMs: number, onIdle: () => void): IdleTimer {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    restart() {
      timer ??= setTimeout(onIdle, waitMs).unref();
      timer.refresh();
    },
    stop,
  };
}

/** After this time without a sign of the user the learner may take longer runs. */
const activeForMs = 5_000;

/** Knows whether the user has typed or asked for something in the last seconds. */
export class UserActivity {
  readonly #changed: () => void;
  readonly #idle = startIdleTimer(activeForMs, () => this.#become(false));
  #isActive = false;

  /** @param changed called when the user comes and when the user has gone */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isActive(): boolean {
    return this.#isActive;
  }

  /** The user has done something. */
  note(): void {
    this.#idle.restart();
    if (!this.#isActive) this.#become(true);
  }

  stop(): void {
    this.#idle.stop();
    this.#isActive = false;
  }

  #become(isActive: boolean): void {
    this.#isActive = isActive;
    this.#changed();
  }
}
