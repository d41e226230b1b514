import type { CancellationToken } from "vscode-languageserver/node";
import { cancelled } from "../errors.ts";
import { SliceFigures, StallWatch } from "./slices.ts";
import { always, type Priority, priorities, type Urgency } from "./urgency.ts";

/**
 * Lets messages in and more urgent work go first. Await it between slices of at most 50 ms. Throws
 * LSP's RequestCancelled once the request was cancelled.
 */
export type Breathe = () => Promise<void>;

interface Turn {
  readonly urgency: Urgency;
  readonly order: number;
  /** When its slice began; undefined while it waits. */
  resumedMs: number | undefined;
}

/**
 * Lets tasks take turns on the one thread there is: a task goes on after a breath only while no more
 * urgent one is at work, of equal ones the older first.
 */
export class Turns {
  readonly #active = new Set<Turn>();
  readonly #stalls = new StallWatch();
  readonly #slices = new SliceFigures();
  #waiting: (() => void)[] = [];
  #started = 0;

  /** Longest time for which the process was held, and could hear nobody, while tasks were at work. */
  get longestSliceMs(): number {
    return this.#stalls.longestMs;
  }

  /** Of all slices, from one breath to the next. */
  get slices(): Pick<SliceFigures, "count" | "p99Ms"> {
    return this.#slices;
  }

  get isBusy(): boolean {
    return this.#active.size > 0;
  }

  async run<T>(
    urgency: Priority | Urgency,
    token: CancellationToken,
    task: (breathe: Breathe) => Promise<T>,
  ): Promise<T> {
    const known = typeof urgency === "string" ? always(urgency) : urgency;
    const turn: Turn = { urgency: known, order: this.#started++, resumedMs: undefined };
    this.#active.add(turn);
    if (this.#active.size === 1) this.#stalls.start();
    const breathe = () => this.#breathe(turn, token);
    const listening = [token.onCancellationRequested(() => this.#wake()), known.onChange(() => this.#wake())];
    try {
      await breathe();
      return await task(breathe);
    } finally {
      for (const one of listening) one.dispose();
      this.#ended(turn);
      this.#active.delete(turn);
      if (this.#active.size === 0) this.#stalls.stop();
      this.#wake();
    }
  }

  async #breathe(turn: Turn, token: CancellationToken): Promise<void> {
    this.#ended(turn);
    // Messages that have come in are heard before the next slice.
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested) throw cancelled();
    while (!this.#isNext(turn)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      if (token.isCancellationRequested) throw cancelled();
    }
    turn.resumedMs = performance.now();
  }

  #ended(turn: Turn): void {
    if (turn.resumedMs === undefined) return;
    this.#slices.add(turn.urgency.priority, performance.now() - turn.resumedMs);
    turn.resumedMs = undefined;
  }

  #isNext({ urgency, order }: Turn): boolean {
    const rank = rankOf(urgency);
    return [...this.#active].every((other) => {
      const otherRank = rankOf(other.urgency);
      return otherRank > rank || (otherRank === rank && other.order >= order);
    });
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }
}

function rankOf({ priority }: Urgency): number {
  return priorities.indexOf(priority);
}
