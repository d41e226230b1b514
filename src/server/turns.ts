import type { CancellationToken } from "vscode-languageserver/node";
import { type Breathe, type Priority, priorities } from "./context.ts";
import { cancelled } from "./errors.ts";
import { StallWatch } from "./stall-watch.ts";

interface Turn {
  readonly rank: number;
  readonly order: number;
}

/**
 * Lets tasks take turns on the one thread there is: a task goes on after a breath only while no more
 * urgent one is at work, of equal ones the older first.
 */
export class Turns {
  readonly #active = new Set<Turn>();
  readonly #stalls = new StallWatch();
  #waiting: (() => void)[] = [];
  #started = 0;

  /** Longest time for which the process was held, and could hear nobody, while tasks were at work. */
  get longestSliceMs(): number {
    return this.#stalls.longestMs;
  }

  get isBusy(): boolean {
    return this.#active.size > 0;
  }

  async run<T>(
    priority: Priority,
    token: CancellationToken,
    task: (breathe: Breathe) => Promise<T>,
  ): Promise<T> {
    const turn = { rank: priorities.indexOf(priority), order: this.#started++ };
    this.#active.add(turn);
    if (this.#active.size === 1) this.#stalls.start();
    const breathe = () => this.#breathe(turn, token);
    const onCancel = token.onCancellationRequested(() => this.#wake());
    try {
      await breathe();
      return await task(breathe);
    } finally {
      onCancel.dispose();
      this.#active.delete(turn);
      if (this.#active.size === 0) this.#stalls.stop();
      this.#wake();
    }
  }

  async #breathe(turn: Turn, token: CancellationToken): Promise<void> {
    // Messages that have come in are heard before the next slice.
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested) throw cancelled();
    while (!this.#isNext(turn)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      if (token.isCancellationRequested) throw cancelled();
    }
  }

  #isNext({ rank, order }: Turn): boolean {
    return [...this.#active].every(
      (other) => other.rank > rank || (other.rank === rank && other.order >= order),
    );
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }
}
