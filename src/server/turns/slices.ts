import { channel } from "node:diagnostics_channel";
import { createHistogram } from "node:perf_hooks";
import type { RunPace } from "../../tone/reading/text-encoder.ts";
import type { Priority } from "./urgency.ts";

/** Told on the channel `idiolect:slice`, while somebody listens there: a bench, or whoever looks for a long slice. */
export interface Slice {
  readonly priority: Priority;
  readonly ms: number;
  /** Where in the code it ended, innermost function first. */
  readonly stack: string;
}

export const sliceChannel = channel("idiolect:slice");

const microsecondsPerMs = 1_000;

/** How long slices of work took, from one breath of a task to its next. */
export class SliceFigures {
  readonly #microseconds = createHistogram();

  /** 99 of 100 slices were shorter; 0 before the first. */
  get p99Ms(): number {
    return this.#microseconds.count === 0 ? 0 : this.#microseconds.percentile(99) / microsecondsPerMs;
  }

  get count(): number {
    return this.#microseconds.count;
  }

  add(priority: Priority, ms: number): void {
    this.#microseconds.record(Math.max(1, Math.round(ms * microsecondsPerMs)));
    if (sliceChannel.hasSubscribers) {
      const slice: Slice = { priority, ms, stack: new Error("slice").stack ?? "" };
      sliceChannel.publish(slice);
    }
  }
}

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

/** What a run of the model should take; with what surrounds it, a slice stays below 50 ms. */
const targetMs = 20;
const fewestTokens = 32;
const mostTokens = 1_024;
/** Runs of fewer tokens say more about overhead than about speed. */
const leastTelling = 24;
/** Share of the newest measurement; a slow run counts in full, so that the next one is short at once. */
const newestShare = 0.25;

/** Finds out how many tokens this machine reads in the time of a slice, whatever else it does just now. */
export class SliceLength implements RunPace {
  /** Before anything was measured: 160 tokens in a slice. */
  #msPerToken = targetMs / 160;

  get tokensPerRun(): number {
    return Math.min(mostTokens, Math.max(fewestTokens, Math.floor(targetMs / this.#msPerToken)));
  }

  ran(tokens: number, ms: number): void {
    if (tokens < leastTelling) return;
    const measured = ms / tokens;
    const share = measured > this.#msPerToken ? 1 : newestShare;
    this.#msPerToken += share * (measured - this.#msPerToken);
  }
}
