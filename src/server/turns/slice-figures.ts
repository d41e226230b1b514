import { channel } from "node:diagnostics_channel";
import { createHistogram } from "node:perf_hooks";
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
