import { setImmediate, setTimeout } from "node:timers/promises";
import type { LearningPace } from "../protocol/learner.ts";
import { LearningStopped } from "./errors.ts";
import type { Waiting } from "./waiting.ts";

/** Longest run of the model while the user is at work: what somebody who waits for the processor hardly notices. */
const longestActiveRunMs = 150;
/** Shorter runs waste more time on starting than they save. */
const fewestTokensPerRun = 64;
/** What a run is cut to when the user comes back; then it follows the measured time. */
const firstActiveTokens = 256;

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
  readonly #waiting: Pick<Waiting, "isWanted" | "follow"> | undefined;
  #waitedMs = 0;
  #cpuPercent: number;
  #stop: LearningStopped | undefined;
  #workedSinceMs: number;
  #mostTokensPerRun: number;
  #isShortened = false;
  /** Undefined while nobody is at work. */
  #activeTokensPerRun: number | undefined;

  /**
   * @param beat called at each breath; may throw to end the work
   * @param waiting what the work waits for; absent: nothing
   */
  constructor(options: {
    readonly cpuPercent: number;
    readonly tokensPerRun: number;
    readonly beat: () => void;
    readonly clock: () => number;
    readonly waiting?: Waiting;
  }) {
    this.#cpuPercent = options.cpuPercent;
    this.#mostTokensPerRun = options.tokensPerRun;
    this.#beat = options.beat;
    this.#clock = options.clock;
    this.#waiting = options.waiting;
    this.#workedSinceMs = options.clock();
  }

  /** Ends the work at the next breath. The first to ask decides how. */
  stop(how: "pause" | "cancel", reason: string): void {
    this.#stop ??= new LearningStopped(how, reason);
  }

  follow(wished: LearningPace): void {
    const { cpuPercent, isUserActive } = wished;
    this.#waiting?.follow(wished);
    this.#cpuPercent = cpuPercent;
    if (!isUserActive) {
      this.#activeTokensPerRun = undefined;
    } else {
      this.#activeTokensPerRun ??= Math.min(firstActiveTokens, this.#mostTokensPerRun);
    }
  }

  /** Shorter runs need less memory. */
  shortenForGood(): void {
    this.#isShortened = true;
    this.#mostTokensPerRun = Math.max(fewestTokensPerRun, Math.floor(this.#mostTokensPerRun / 4));
    if (this.#activeTokensPerRun !== undefined) {
      this.#activeTokensPerRun = Math.min(this.#activeTokensPerRun, this.#mostTokensPerRun);
    }
  }

  /** Most tokens of a run, if memory ran out and they had to be cut. */
  get sparedTokensPerRun(): number | undefined {
    return this.#isShortened ? this.#mostTokensPerRun : undefined;
  }

  /** Tokens that the next uninterrupted run of the model may have; what is learned does not depend on it. */
  get tokensPerRun(): number {
    return this.#activeTokensPerRun ?? this.#mostTokensPerRun;
  }

  /** The time without what was spent waiting, so that waiting counts neither as work nor for the time that is left. */
  readonly workClock = (): number => this.#clock() - this.#waitedMs;

  readonly breathe = async (): Promise<void> => {
    const workedMs = this.#clock() - this.#workedSinceMs;
    this.#shortenRuns(workedMs);
    await this.#rest(workedMs);
    await setImmediate();
    this.#beat();
    await this.#waitOut();
    if (this.#stop !== undefined) {
      throw this.#stop;
    }
    this.#workedSinceMs = this.#clock();
  };

  /** What took much longer than a run may was more than one. */
  #shortenRuns(workedMs: number): void {
    const tokens = this.#activeTokensPerRun;
    if (tokens !== undefined && workedMs > longestActiveRunMs && workedMs < 4 * longestActiveRunMs) {
      this.#activeTokensPerRun = Math.max(fewestTokensPerRun, Math.floor(tokens / 2));
    }
  }

  /** Stands still as long as there is something to wait for, alive and ready to be stopped. */
  async #waitOut(): Promise<void> {
    const sinceMs = this.#clock();
    while (this.#stop === undefined && (await this.#waiting?.isWanted())) {
      await setTimeout(longestRestMs);
      this.#beat();
    }
    this.#waitedMs += this.#clock() - sinceMs;
  }

  /** worked · (100 / percent − 1), so that work is `percent` of the whole. */
  async #rest(workedMs: number): Promise<void> {
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
