import { type CancellationToken, CancellationTokenSource, type Disposable } from "vscode-languageserver/node";
import { type Priority, priorities } from "./context.ts";
import { cancelled } from "./errors.ts";
import type { Urgency } from "./urgency.ts";

/**
 * A task that several requests wait for. It is as urgent as the most urgent of them, and it is cancelled
 * when the last of them is: one that is cancelled takes nothing from the others.
 */
export class SharedTask<T> implements Urgency {
  readonly #waiting = new Set<{ readonly priority: Priority }>();
  readonly #listeners = new Set<() => void>();
  readonly #end = new CancellationTokenSource();
  readonly #result: Promise<T>;

  /** @param start is called at once */
  constructor(start: (urgency: Urgency, token: CancellationToken) => Promise<T>) {
    this.#result = start(this, this.#end.token);
    // Where nobody waits any more nobody has to be told of a failure.
    this.#result.catch(() => undefined);
  }

  /** Nobody waits for it any more, so it ends without a result; or it has ended. */
  get isOver(): boolean {
    return this.#end.token.isCancellationRequested;
  }

  get priority(): Priority {
    const wanted = [...this.#waiting].map(({ priority }) => priorities.indexOf(priority));
    return priorities[Math.min(priorities.length - 1, ...wanted)]!;
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Waits for the result. Throws LSP's RequestCancelled once `token` is cancelled. */
  async join(priority: Priority, token: CancellationToken): Promise<T> {
    const one = { priority };
    const given = Promise.withResolvers<never>();
    const listening = token.onCancellationRequested(() => given.reject(cancelled()));
    this.#waiting.add(one);
    this.#changed();
    try {
      return await Promise.race([this.#result, given.promise]);
    } finally {
      listening.dispose();
      this.#waiting.delete(one);
      if (this.#waiting.size === 0) this.#end.cancel();
      else this.#changed();
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
