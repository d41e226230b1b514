import type { CancellationToken } from "vscode-languageserver/node";
import { type Breathe, type Priority, priorities } from "./context.ts";
import { cancelled } from "./errors.ts";

/**
 * Lets tasks take turns on the one thread there is: a task goes on after a breath only while no more
 * urgent one is at work, of equal ones the older first.
 */
export class Turns {
  readonly #active: { readonly rank: number; readonly order: number }[] = [];
  #waiting: (() => void)[] = [];
  #started = 0;
  #sliceStartedMs: number;
  #longestSliceMs = 0;
  readonly #clock: () => number;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#sliceStartedMs = clock();
  }

  /** Longest time that one task has held the thread between two breaths. */
  get longestSliceMs(): number {
    return this.#longestSliceMs;
  }

  get isBusy(): boolean {
    return this.#active.length > 0;
  }

  async run<T>(
    priority: Priority,
    token: CancellationToken,
    task: (breathe: Breathe) => Promise<T>,
  ): Promise<T> {
    const turn = { rank: priorities.indexOf(priority), order: this.#started++ };
    this.#active.push(turn);
    const breathe = () => this.#breathe(turn, token);
    try {
      await breathe();
      return await task(breathe);
    } finally {
      this.#endSlice();
      this.#active.splice(this.#active.indexOf(turn), 1);
      this.#wake();
    }
  }

  async #breathe(turn: { readonly rank: number; readonly order: number }, token: CancellationToken) {
    this.#endSlice();
    do {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (token.isCancellationRequested) throw cancelled();
      if (!this.#isNext(turn)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      if (token.isCancellationRequested) throw cancelled();
    } while (!this.#isNext(turn));
    this.#sliceStartedMs = this.#clock();
  }

  #isNext({ rank, order }: { readonly rank: number; readonly order: number }): boolean {
    return this.#active.every((other) => other.rank > rank || (other.rank === rank && other.order >= order));
  }

  #endSlice(): void {
    this.#longestSliceMs = Math.max(this.#longestSliceMs, this.#clock() - this.#sliceStartedMs);
    this.#sliceStartedMs = Number.POSITIVE_INFINITY;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }
}
