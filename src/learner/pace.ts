import { setImmediate, setTimeout } from "node:timers/promises";
import { LearningStopped } from "./errors.ts";

/** Longest rest at a stretch, so that a stop is noticed soon. */
const longestRestMs = 100;

/**
 * The learner's rhythm. Work is cut in slices; between two of them `breathe` lets messages in, gives a
 * sign of life, rests as the ceiling on processor time asks, and ends the work by throwing
 * LearningStopped once somebody has asked for it.
 */
export class Pace {
  readonly #beat: () => void;
  readonly #clock: () => number;
  #cpuPercent: number;
  #stop: LearningStopped | undefined;
  #workedSinceMs: number;

  /** @param beat called at each breath; may throw to end the work. */
  constructor(options: {
    readonly cpuPercent: number;
    readonly beat: () => void;
    readonly clock: () => number;
  }) {
    this.#cpuPercent = options.cpuPercent;
    this.#beat = options.beat;
    this.#clock = options.clock;
    this.#workedSinceMs = options.clock();
  }

  /** Ends the work at the next breath. The first to ask decides how. */
  stop(how: "pause" | "cancel", reason: string): void {
    this.#stop ??= new LearningStopped(how, reason);
  }

  setCpuPercent(percent: number): void {
    this.#cpuPercent = percent;
  }

  readonly breathe = async (): Promise<void> => {
    await this.#rest();
    await setImmediate();
    this.#beat();
    if (this.#stop !== undefined) {
      throw this.#stop;
    }
    this.#workedSinceMs = this.#clock();
  };

  /** worked · (100 / percent − 1), so that work is `percent` of the whole. */
  async #rest(): Promise<void> {
    const workedMs = this.#clock() - this.#workedSinceMs;
    const untilMs = this.#clock() + workedMs * (100 / this.#cpuPercent - 1);
    for (let leftMs = untilMs - this.#clock(); leftMs >= 1; leftMs = untilMs - this.#clock()) {
      if (this.#stop !== undefined) {
        return;
      }
      await setTimeout(Math.min(leftMs, longestRestMs));
      this.#beat();
    }
  }
}
