import type { FromLearner, LearningPace, LearningWait } from "../protocol/learner.ts";
import type { PowerSource } from "./power-source.ts";

/** So often it is looked again whether there is still something to wait for. */
const lookAgainMs = 30_000;

/** What the writer wants learning to wait for, whether that holds at the moment, and telling so. */
export class Waiting {
  readonly #powerSource: () => Promise<PowerSource>;
  readonly #emit: (message: FromLearner) => void;
  readonly #clock: () => number;
  #onBattery: LearningPace["onBattery"];
  #lookedMs = Number.NEGATIVE_INFINITY;
  #wait: LearningWait | undefined;

  constructor(options: {
    readonly onBattery: LearningPace["onBattery"];
    readonly powerSource: () => Promise<PowerSource>;
    readonly emit: (message: FromLearner) => void;
    readonly clock: () => number;
  }) {
    this.#onBattery = options.onBattery;
    this.#powerSource = options.powerSource;
    this.#emit = options.emit;
    this.#clock = options.clock;
  }

  /** Looks again at once where the wish is another one. */
  follow({ onBattery }: LearningPace): void {
    if (onBattery === this.#onBattery) return;
    this.#onBattery = onBattery;
    this.#lookedMs = Number.NEGATIVE_INFINITY;
  }

  /** Whether learning is to wait now. */
  readonly isWanted = async (): Promise<boolean> => {
    const nowMs = this.#clock();
    if (Math.abs(nowMs - this.#lookedMs) >= lookAgainMs) {
      this.#lookedMs = nowMs;
      this.#become(await this.#look());
    }
    return this.#wait !== undefined;
  };

  async #look(): Promise<LearningWait | undefined> {
    const isOnBattery = this.#onBattery === "pause" && (await this.#powerSource()) === "battery";
    return isOnBattery ? { for: "mains" } : undefined;
  }

  #become(wait: LearningWait | undefined): void {
    if (wait?.for === this.#wait?.for) return;
    this.#wait = wait;
    this.#emit({ kind: "waiting", wait });
  }
}
